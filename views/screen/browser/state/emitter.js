// Whoever has state tells its listeners that it changed.

export class Emitter {
  listeners = new Map();

  /** Call `listener` at every event of a type; returns a function that ends it. */
  on(type, listener) {
    if (!this.listeners.has(type)) this.listeners.set(type, new Set());
    this.listeners.get(type).add(listener);
    return () => this.listeners.get(type).delete(listener);
  }

  emit(type, detail) {
    for (const listener of [...(this.listeners.get(type) ?? [])]) listener(detail);
  }
}
