/** So many characters in a row are looked up at once. */
const gramLength = 16;

/** At every so many characters of a text. Whatever part of a secret has `gramLength + stride - 1` characters is seen. */
const stride = 8;

/** The least part of a secret, in any of its forms, that is always found. */
export const leastPart = gramLength + stride - 1;

/** Base64 of the bytes when something stands before them: three ways to fall into groups, without the uneven ends. */
const base64Forms = (bytes: Buffer): readonly string[] =>
  [0, 1, 2].map((skip) => {
    const whole = bytes.subarray(skip, skip + Math.floor((bytes.length - skip) / 3) * 3);
    return whole.toString('base64');
  });

const urlSafe = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_');

/** Every form in which a secret could be written down. */
export const secretForms = (secret: string | Buffer): ReadonlySet<string> => {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const base64 = base64Forms(bytes);
  const text = typeof secret === 'string' ? secret : bytes.toString('base64');
  const json = JSON.stringify(text).slice(1, -1);
  return new Set([
    ...(typeof secret === 'string' ? [text] : []),
    json,
    JSON.stringify(json).slice(1, -1),
    encodeURIComponent(text),
    ...base64,
    ...base64.map(urlSafe),
    hex,
    hex.toUpperCase(),
  ]);
};

/** What a text could be before it was escaped. */
const readings = (text: string): readonly string[] => [
  text,
  ...(/%[0-9a-f]{2}/i.test(text)
    ? [
        text.replaceAll(/%([0-9a-f]{2})/gi, (_, code: string) =>
          String.fromCharCode(Number.parseInt(code, 16)),
        ),
      ]
    : []),
  ...(text.includes('\\') ? [text.replaceAll(/\\+(?:u00([0-9a-f]{2}))?/gi, unescaped)] : []),
];

const unescaped = (_: string, code: string | undefined): string =>
  code === undefined ? '' : String.fromCharCode(Number.parseInt(code, 16));

/** A number of what stands at a place in a text, to see without looking it up that no secret has it. */
const sketch = (text: string, at: number): number =>
  (text.charCodeAt(at) * 31 + text.charCodeAt(at + 5) * 1_009 + text.charCodeAt(at + 11) * 40_009) & 0xffff;

/** Secrets by their parts, and texts that are searched for them. */
export class SecretIndex {
  readonly #owners = new Map<string, string>();
  readonly #sketches = new Uint8Array(0x10000);

  /** Adds a secret under a name. */
  learn(name: string, secret: string | Buffer): void {
    for (const form of secretForms(secret))
      for (let at = 0; at + gramLength <= form.length; at += 1) {
        this.#sketches[sketch(form, at)] = 1;
        this.#owners.set(form.slice(at, at + gramLength), name);
      }
  }

  /**
   * The names of the secrets of which the text holds a part of at least {@link leastPart} characters, and now and then
   * of less. What two secrets have in common is the later one's.
   */
  find(text: string): ReadonlySet<string> {
    const found = new Set<string>();
    for (const reading of readings(text))
      for (let at = 0; at + gramLength <= reading.length; at += stride) {
        const owner =
          this.#sketches[sketch(reading, at)] === 1
            ? this.#owners.get(reading.slice(at, at + gramLength))
            : undefined;
        if (owner !== undefined) found.add(owner);
      }
    return found;
  }
}
