// What is the same whoever draws.

const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

// Whether a node lies in the part of the picture that is seen.
function inSight(number) {
  const { x, y } = screenOf(placeOf(number));
  return x > 30 && y > 30 && x < canvas.clientWidth - 30 && y < canvas.clientHeight - 30;
}

function savePicture() {
  const copy = document.createElement("canvas");
  copy.width = canvas.width;
  copy.height = canvas.height;
  const context = copy.getContext("2d");
  context.fillStyle = background();
  context.fillRect(0, 0, copy.width, copy.height);
  copyPicture(context);
  download(copy);
}
