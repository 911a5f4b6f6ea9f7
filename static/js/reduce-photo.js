// Makes a photo small before it is sent, where the browser can; the server checks and re-encodes it whatever this did.
const LONGEST = 1600;
const ENOUGH = 400_000;

export async function reduce(file) {
  if (file.size <= ENOUGH) return file;
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const smaller = (await encode(canvas, "image/webp")) ?? (await encode(canvas, "image/jpeg"));
    canvas.width = canvas.height = 0;
    return smaller && smaller.size < file.size ? smaller : file;
  } catch {
    return file;
  } finally {
    bitmap?.close();
  }
}

// A browser that cannot encode a type silently makes a PNG.
async function encode(canvas, type) {
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, type, 0.82));
  return blob?.type === type ? blob : null;
}
