// Files that the server sends as the gzip that they are.

/** The content of a gzip file as a Response; `failure` words what went wrong, given the status. */
export async function inflated(url, failure = (status) => `The data could not be loaded (${status}).`) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(failure(response.status));
  return new Response(response.body.pipeThrough(new DecompressionStream("gzip")));
}
