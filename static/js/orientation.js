// How a photo was held: some browsers turn what they decode, older ones leave that to whoever draws it.

// A grey JPEG of 2 x 1 pixels that says of itself that it lies on its side.
const LYING =
  "/9j/4AAQSkZJRgABAQAAAQABAAD/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wBDAP/////////////////////////////" +
  "/////////////////////////////////////////////////////////wAALCAABAAIBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAA" +
  "AAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AP//Z";
let isTurned;

// Whether this way of decoding, `decode(blob)`, turns a picture by itself: asked once, of a picture that shows it.
export function turnsByItself(decode) {
  const bytes = Uint8Array.from(atob(LYING), (letter) => letter.charCodeAt(0));
  isTurned = isTurned || decode(new Blob([bytes], { type: "image/jpeg" })).then(({ width, height }) => width < height);
  return isTurned;
}

// 1 to 8, as EXIF counts them; 1 where a file does not say.
export async function orientationOf(file) {
  const view = new DataView(await new Response(file.slice(0, 128 * 1024)).arrayBuffer());
  try {
    return view.getUint16(0) === 0xffd8 ? inJpeg(view) : 1;
  } catch (error) {
    if (error instanceof RangeError) return 1; // cut off, or broken
    throw error;
  }
}

function inJpeg(view) {
  for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    const isExif = view.getUint16(at) === 0xffe1 && view.getUint32(at + 4) === 0x45786966;
    if (isExif) return inExif(view, at + 10);
  }
  return 1;
}

function inExif(view, start) {
  const isLittle = view.getUint16(start) === 0x4949;
  const directory = start + view.getUint32(start + 4, isLittle);
  for (let entry = 0; entry < view.getUint16(directory, isLittle); entry++) {
    const at = directory + 2 + 12 * entry;
    if (view.getUint16(at, isLittle) === 0x0112) return valid(view.getUint16(at + 8, isLittle));
  }
  return 1;
}

const valid = (orientation) => (orientation >= 1 && orientation <= 8 ? orientation : 1);

// Lets what is drawn next, so wide and high, stand upright.
export function turn(context, orientation, width, height) {
  const matrix = {
    2: [-1, 0, 0, 1, width, 0],
    3: [-1, 0, 0, -1, width, height],
    4: [1, 0, 0, -1, 0, height],
    5: [0, 1, 1, 0, 0, 0],
    6: [0, 1, -1, 0, height, 0],
    7: [0, -1, -1, 0, height, width],
    8: [0, -1, 1, 0, 0, width],
  }[orientation];
  if (matrix) context.transform(...matrix);
}
