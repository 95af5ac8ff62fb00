import { describe, expect, test } from '@jest/globals';
import { verifySignature } from '../../../functions/adapters/github/webhook-signature.ts';
import { authenticity } from '../../../functions/domain/webhook/authenticity.ts';

/** GitHub's own example (https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries#testing-the-webhook-payload-validation). */
const example = {
  secret: "It's a Secret to Everybody",
  body: 'Hello, World!',
  signature: 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
};
const forged = `sha256=${'0'.repeat(64)}`;

const prepare = (secret = example.secret) => {
  const world = { secret, readings: 0, now: new Date('2026-03-01T10:00:00Z') };
  const isAuthentic = authenticity({
    secrets: {
      secret: async () => {
        world.readings += 1;
        return world.secret;
      },
    },
    verify: verifySignature,
    clock: () => world.now,
  });
  const passes = (seconds: number): void => {
    world.now = new Date(world.now.getTime() + seconds * 1_000);
  };
  return { world, isAuthentic, passes };
};

describe('a delivery is told from a forged one', () => {
  test('as GitHub’s own example is', async () => {
    const { isAuthentic } = prepare();
    expect(await isAuthentic(example.body, example.signature)).toBe(true);
    expect(await isAuthentic(`${example.body} `, example.signature)).toBe(false);
  });

  test.each([undefined, '', 'sha256=', `sha1=${'0'.repeat(40)}`, forged.toUpperCase(), `${forged}0`])(
    'without a reading of the secret when its signature is %j',
    async (signature) => {
      const { isAuthentic, world } = prepare();
      expect(await isAuthentic(example.body, signature)).toBe(false);
      expect(world.readings).toBe(0);
    },
  );

  test('which an empty body never is', async () => {
    const { isAuthentic, world } = prepare();
    expect(await isAuthentic('', forged)).toBe(false);
    expect(world.readings).toBe(0);
  });

  test('reads the secret once a minute, however many are forged', async () => {
    const { isAuthentic, world, passes } = prepare();
    for (let second = 0; second < 180; second += 1) {
      expect(await isAuthentic(example.body, forged)).toBe(false);
      passes(1);
    }
    expect(world.readings).toBe(3);
  });

  test('by a secret that was changed, within a minute', async () => {
    const { isAuthentic, world, passes } = prepare('the old one');
    expect(await isAuthentic(example.body, example.signature)).toBe(false);
    world.secret = example.secret;
    expect(await isAuthentic(example.body, example.signature)).toBe(false);
    passes(60);
    expect(await isAuthentic(example.body, example.signature)).toBe(true);
  });
});
