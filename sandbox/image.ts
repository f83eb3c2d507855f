// The whole guest as bytes: the memory of an instance, taken when the guest is ready, put back after
// a fault or into a fresh instance. Addresses stay good, so handles taken before the image was made
// work after it was put back; later ones do not. Besides its memory an instance has only its stack
// pointer.
import type { Instance } from './instance.js';

const chunkBytes = 65_536;
const zeros = Buffer.alloc(chunkBytes);

export interface Image {
  /** Bytes of memory that the instance had. */
  readonly bytes: number;
  readonly stackTop: number;
  /** The stretches that are not all zero. */
  readonly chunks: readonly { readonly at: number; readonly data: Buffer }[];
}

export function takeImage(instance: Instance): Image {
  const { heap } = instance;
  const chunks: { at: number; data: Buffer }[] = [];
  for (let at = 0; at < heap.length; at += chunkBytes) {
    const data = heap.subarray(at, at + chunkBytes);
    if (!data.equals(zeros)) chunks.push({ at, data: Buffer.from(data) });
  }
  return { bytes: heap.length, stackTop: instance.stackTop(), chunks };
}

/** Makes an instance what it was when the image was taken, wherever it has been since. */
export function putImage(instance: Instance, image: Image, isFresh: boolean): void {
  const { heap } = instance;
  if (!isFresh) heap.fill(0);
  for (const { at, data } of image.chunks) heap.set(data, at);
  instance.setStackTop(image.stackTop);
}
