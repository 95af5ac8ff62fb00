import { gzipSync } from 'node:zlib';

const blockBytes = 512;

/** The sum of a header's bytes, its own field taken for spaces. */
const checksumOf = (header: Buffer): string =>
  header
    .reduce((total, byte) => total + byte, 0)
    .toString(8)
    .padStart(6, '0');

/** A file that may be executed, as the POSIX format ustar has it. */
const entry = (name: string, text: string): Buffer => {
  const header = Buffer.alloc(blockBytes);
  const size = Buffer.byteLength(text);
  const fields: readonly (readonly [number, string])[] = [
    [0, name],
    [100, '0000755\0'],
    [108, '0000000\0'],
    [116, '0000000\0'],
    [124, `${size.toString(8).padStart(11, '0')}\0`],
    [136, '00000000000\0'],
    [148, '        '],
    [156, '0'],
    [257, 'ustar\x0000'],
  ];
  for (const [at, value] of fields) header.write(value, at, 'latin1');
  header.write(`${checksumOf(header)}\0 `, 148, 'latin1');
  const padding = Buffer.alloc((blockBytes - (size % blockBytes)) % blockBytes);
  return Buffer.concat([header, Buffer.from(text), padding]);
};

/** A `.tar.gz` of executable files: their texts by their names. */
export const archiveOf = (files: Readonly<Record<string, string>>): Buffer => {
  const entries = Object.entries(files).map(([name, text]) => entry(name, text));
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(2 * blockBytes)]));
};
