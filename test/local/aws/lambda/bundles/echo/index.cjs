/** A stand-in for a bundle: it does what its payload says. */
const deeds = {
  echo: (payload) => payload,
  environment: () => ({ ...process.env }),
  import: async ({ name }) => typeof (await import(name)).createServer,
  now: () => Date.now(),
  log: ({ line }) => console.info(line),
  write: ({ text }) => process.stdout.write(text),
  throw: ({ name, message }) => {
    throw Object.assign(new Error(message), { name });
  },
  exit: () => process.exit(3),
  wait: ({ ms }) => new Promise((resolve) => setTimeout(resolve, ms, 'waited')),
  hang: () => new Promise(() => setInterval(() => undefined, 1_000)),
  count: () => {
    globalThis.invocations = (globalThis.invocations ?? 0) + 1;
    return globalThis.invocations;
  },
};

exports.handler = async (payload) => deeds[payload.deed](payload);
