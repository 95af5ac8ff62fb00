import { gunzipSync } from 'node:zlib';

const isPacked = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** The script that cloud-init makes of user data: it unpacks what is packed with gzip, by its first two bytes. */
export const scriptOf = (bytes: Buffer): string =>
  (isPacked(bytes) ? gunzipSync(bytes) : bytes).toString('utf8');
