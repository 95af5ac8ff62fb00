import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { FakeApp } from './access.ts';

/** The credential of a deployment: what its secret holds, and how GitHub knows it again. */
export interface DeployedCredential {
  /** The secret's text. */
  readonly secret: string;
  /** The tokens that GitHub takes. */
  readonly tokens: ReadonlySet<string>;
  /** The App whose key the secret holds. */
  readonly app?: FakeApp;
}

/** A fine-grained token. */
export const tokenCredential = (token: string): DeployedCredential => ({
  secret: JSON.stringify({ token }),
  tokens: new Set([token]),
});

const pem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();

/** A GitHub App with a key of its own, made here and now. */
export const appCredential = (permissions: FakeApp['permissions']): DeployedCredential => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const app = { appId: '12345', installationId: '67890', publicKey, permissions };
  const { appId, installationId } = app;
  const secret = JSON.stringify({ appId, installationId, privateKey: pem(privateKey) });
  return { secret, tokens: new Set(), app };
};
