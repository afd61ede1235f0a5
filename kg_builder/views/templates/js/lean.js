// The file of sigma.js makes two canvases of 64 MB for pictures within nodes, which no page here has, and cannot be loaded
// where there is no WebGL. So while it is loaded, canvases draw nothing.
window.drawingOf = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function nothing() {
  return { canvas: this, getParameter: () => 1, getImageData: () => null };
};
