import { createPrivateKey } from 'node:crypto';
import { type GitHubCredential, parseCredential } from '../../functions/adapters/github/github-credential.ts';
import { CredentialUnusable } from '../../functions/domain/errors.ts';

/** A credential as it was given: JSON, a bare token, or an App's key with its two numbers beside it. */
export interface GivenCredential {
  readonly text: string;
  readonly appId?: string;
  readonly installationId?: string;
}

const isKey = (text: string): boolean => text.includes('PRIVATE KEY-----');

/** GitHub's tokens have only these characters, whatever they begin with. */
const isToken = (text: string): boolean => /^[A-Za-z0-9_]{20,}$/.test(text);

const requireNumber = (value: string | undefined, option: string): string => {
  if (value === undefined || !/^\d+$/.test(value))
    throw new CredentialUnusable(`A private key needs ${option} with a number beside it.`);
  return value;
};

/** The App's id may be its client id too, which is no number. */
const appFields = ({ text, appId, installationId }: GivenCredential) => {
  if (appId === undefined)
    throw new CredentialUnusable('A private key needs --app-id and --installation-id beside it.');
  return {
    appId,
    installationId: requireNumber(installationId, '--installation-id'),
    privateKey: `${text.trim()}\n`,
  };
};

/** As the secret has it: JSON. */
const secretText = (given: GivenCredential): string => {
  const text = given.text.trim();
  if (isKey(text) && !text.startsWith('{')) return JSON.stringify(appFields(given));
  if (isToken(text)) return JSON.stringify({ token: text });
  if (!text.startsWith('{'))
    throw new CredentialUnusable(
      text === ''
        ? 'The credential is empty. Give a GitHub token, the private key of an App (.pem), or JSON.'
        : 'This is neither a GitHub token, nor the private key of an App (.pem), nor JSON.',
    );
  return text;
};

const requireReadableKey = (credential: GitHubCredential): void => {
  if (credential.kind === 'token') return;
  try {
    createPrivateKey(credential.privateKey);
  } catch {
    throw new CredentialUnusable(
      'The private key is not a whole PEM file. Give the .pem file as GitHub gave it.',
    );
  }
};

/** What goes into the secret, and what it says. Throws CredentialUnusable, whose message never holds any of it. */
export const readCredential = (
  given: GivenCredential,
): { readonly credential: GitHubCredential; readonly secret: string } => {
  const secret = secretText(given);
  const credential = parseCredential(secret);
  requireReadableKey(credential);
  return { credential, secret };
};
