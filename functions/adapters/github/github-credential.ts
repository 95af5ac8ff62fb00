import { CredentialUnusable } from '../../domain/errors.ts';

/** What the deployment's secret holds: a fine-grained token, or a GitHub App's key. */
export type GitHubCredential =
  | { readonly kind: 'token'; readonly token: string }
  | {
      readonly kind: 'app';
      readonly appId: string;
      readonly installationId: string;
      /** PEM. */
      readonly privateKey: string;
    };

/** Where the credential comes from; `forget` makes the next read ask again, after GitHub refused it. */
export interface CredentialSource {
  read(): Promise<GitHubCredential>;
  forget(): void;
}

const help =
  'Fill the secret with {"token":"…"} or {"appId":"…","installationId":"…","privateKey":"…"}, as the README says.';

const fieldsOf = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) return { ...parsed };
  } catch {
    // The parser's message would quote the secret.
  }
  throw new CredentialUnusable(`The GitHub secret is not a JSON object. ${help}`);
};

const isFilled = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** Reads the secret's text; throws CredentialUnusable, whose message never holds any of it. */
export const parseCredential = (text: string | undefined): GitHubCredential => {
  if (!isFilled(text)) throw new CredentialUnusable(`The GitHub secret is empty. ${help}`);
  const { token, appId, installationId, privateKey } = fieldsOf(text);
  if (isFilled(token)) return { kind: 'token', token: token.trim() };
  const app = { appId: String(appId ?? ''), installationId: String(installationId ?? '') };
  if (isFilled(app.appId) && isFilled(app.installationId) && isFilled(privateKey))
    return { kind: 'app', ...app, privateKey };
  throw new CredentialUnusable(`The GitHub secret has neither a token nor a whole App. ${help}`);
};
