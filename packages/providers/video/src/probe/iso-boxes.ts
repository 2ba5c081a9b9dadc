/** A box of an MP4 file. */
export interface Box {
  readonly type: string;
  /** Without size and type. */
  readonly content: Uint8Array;
  readonly view: DataView;
}

/** The boxes that follow one another in bytes. One that claims more than is there ends with the bytes. */
export function boxesIn(bytes: Uint8Array): Box[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const boxes: Box[] = [];
  let offset = 0;
  while (offset + 8 <= bytes.byteLength) {
    const stated = view.getUint32(offset);
    const type = String.fromCharCode(...bytes.subarray(offset + 4, offset + 8));
    const isLong = stated === 1 && offset + 16 <= bytes.byteLength;
    const header = isLong ? 16 : 8;
    // Zero stands for "to the end".
    const size = isLong ? Number(view.getBigUint64(offset + 8)) : stated === 0 ? bytes.byteLength - offset : stated;
    if (size < header) break;
    const content = bytes.subarray(offset + header, Math.min(offset + size, bytes.byteLength));
    boxes.push({ type, content, view: new DataView(content.buffer, content.byteOffset, content.byteLength) });
    offset += size;
  }
  return boxes;
}

/** The first box at a path of types. */
export function findBox(boxes: readonly Box[], [type, ...rest]: readonly string[]): Box | undefined {
  const found = boxes.find((box) => box.type === type);
  return found === undefined || rest.length === 0 ? found : findBox(boxesIn(found.content), rest);
}
