// Makes a photo small before it is sent, where the browser can; the server checks and re-encodes it whatever this did.
import { orientationOf, turnsByItself, turn } from "./orientation.js";

const LONGEST = 1600;
const ENOUGH = 400_000;
const QUALITIES = [0.82, 0.65, 0.45];

export async function reduce(file, { longest = LONGEST, enough = ENOUGH } = {}) {
  if (file.size <= enough) return file;
  let picture;
  try {
    picture = await opened(file);
    const canvas = drawn(picture, longest);
    const smaller = (await small(canvas, "image/webp", enough)) ?? (await small(canvas, "image/jpeg", enough));
    canvas.width = canvas.height = 0;
    return smaller && smaller.size < file.size ? smaller : file;
  } catch {
    return file;
  } finally {
    picture?.source.close?.();
  }
}

// Its pixels, and how they are still to be turned: {source, width, height, orientation: 1 to 8 as in EXIF}.
async function opened(file) {
  try {
    return withSize(await createImageBitmap(file, { imageOrientation: "from-image" }), 1);
  } catch {
    // Chromium before 107, Firefox before 111 and Safari before 16 do not know this wish.
    const source = await decoded(file);
    return withSize(source, (await turnsByItself(decoded)) ? 1 : await orientationOf(file));
  }
}

async function decoded(file) {
  try {
    return await createImageBitmap(file);
  } catch {
    return asElement(file);
  }
}

function asElement(file) {
  return new Promise((resolve, reject) => {
    const image = new Image();
    const address = URL.createObjectURL(file);
    const then = (deed) => () => {
      URL.revokeObjectURL(address);
      deed();
    };
    image.onload = then(() => resolve(image));
    image.onerror = then(() => reject(new Error("no picture")));
    image.src = address;
  });
}

function withSize(source, orientation) {
  return { source, orientation, width: source.naturalWidth ?? source.width, height: source.naturalHeight ?? source.height };
}

function drawn({ source, width, height, orientation }, longest) {
  const scale = Math.min(1, longest / Math.max(width, height));
  const [wide, high] = [Math.round(width * scale), Math.round(height * scale)];
  const canvas = document.createElement("canvas");
  const isOnItsSide = orientation >= 5;
  [canvas.width, canvas.height] = isOnItsSide ? [high, wide] : [wide, high];
  const context = canvas.getContext("2d");
  // A see-through picture would be black as a JPEG.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  turn(context, orientation, wide, high);
  context.drawImage(source, 0, 0, wide, high);
  return canvas;
}

// As good as fits; null where the browser cannot encode the type, and silently makes a PNG.
async function small(canvas, type, enough) {
  let blob;
  for (const quality of QUALITIES) {
    blob = await new Promise((resolve) => canvas.toBlob(resolve, type, quality));
    if (blob?.type !== type) return null;
    if (blob.size <= enough) break;
  }
  return blob;
}
