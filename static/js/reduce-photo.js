// Makes a photo small before it is sent, where the browser can; the server checks and re-encodes it whatever this did.
const LONGEST = 1600;
const ENOUGH = 400_000;
const QUALITIES = [0.82, 0.65, 0.45];

export async function reduce(file, { longest = LONGEST, enough = ENOUGH } = {}) {
  if (file.size <= enough) return file;
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const smaller = (await small(canvas, "image/webp", enough)) ?? (await small(canvas, "image/jpeg", enough));
    canvas.width = canvas.height = 0;
    return smaller && smaller.size < file.size ? smaller : file;
  } catch {
    return file;
  } finally {
    bitmap?.close();
  }
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
