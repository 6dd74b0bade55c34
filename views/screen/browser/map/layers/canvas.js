// Layers of the map that are a canvas of their own.

/** A canvas that moves and zooms with the map; what it shows is `paint`, called when the map has come to rest. */
export const CanvasLayer = L.Renderer.extend({
  initialize(pane) {
    L.Renderer.prototype.initialize.call(this, { pane, padding: 0.15 });
    this._layers = {}; // Leaflet's renderers keep vectors there; this one has none
  },

  _initContainer() {
    this._container = L.DomUtil.create("canvas", `atlas-${this.options.pane}`);
    this._context = this._container.getContext("2d");
  },

  _destroyContainer() {
    L.DomUtil.remove(this._container);
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const size = this._bounds.getSize(),
      scale = devicePixelRatio || 1,
      canvas = this._container;
    L.DomUtil.setPosition(canvas, this._bounds.min);
    canvas.width = scale * size.x;
    canvas.height = scale * size.y;
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
    this.scale = scale;
    this.paint();
  },
});
