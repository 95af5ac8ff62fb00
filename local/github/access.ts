import { createVerify, type KeyLike } from 'node:crypto';
import type { WireResponse } from '../wire/wire.ts';
import { json, problem } from './github-answer.ts';

export type AskedPermissions = Readonly<Record<string, string>>;

/** A GitHub App that is installed at the target. */
export interface FakeApp {
  readonly appId: string;
  readonly installationId: string;
  readonly publicKey: KeyLike;
  /** What the installation was given. */
  readonly permissions: AskedPermissions;
}

/** An installation token ends after an hour (https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-an-installation-access-token-for-a-github-app). */
const tokenMs = 3_600_000;
/** An App's JWT may last ten minutes. */
const longestJwtSeconds = 600;
/** GitHub's clock and the caller's may differ so far. */
const driftSeconds = 60;

const partOf = (base64url: string): Readonly<Record<string, unknown>> => {
  try {
    return JSON.parse(Buffer.from(base64url, 'base64url').toString('utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
};

/** Why a JWT is none that GitHub takes (https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app). */
const jwtProblem = (jwt: string, app: FakeApp | undefined): string | undefined => {
  const [header = '', claims = '', signature = ''] = jwt.split('.');
  const { alg } = partOf(header);
  const { iat, exp, iss } = partOf(claims);
  const now = Date.now() / 1_000;
  if (alg !== 'RS256' || signature === '') return 'A JSON web token could not be decoded';
  if (typeof exp !== 'number' || exp <= now) return "'Expiration time' claim ('exp') must be in the future";
  if (exp > now + longestJwtSeconds + driftSeconds)
    return "'Expiration time' claim ('exp') is too far in the future";
  if (typeof iat !== 'number' || iat > now + driftSeconds)
    return "'Issued at' claim ('iat') must be in the past";
  if (app === undefined) return undefined;
  if (String(iss) !== app.appId) return "'Issuer' claim ('iss') must be an Integer";
  const isOwn = createVerify('RSA-SHA256')
    .update(`${header}.${claims}`)
    .verify(app.publicKey, signature, 'base64url');
  return isOwn ? undefined : 'A JSON web token could not be decoded';
};

const isWithin = (asked: AskedPermissions, given: AskedPermissions): boolean =>
  Object.entries(asked).every(([name, level]) => given[name] === 'write' || given[name] === level);

interface Issued {
  readonly permissions: AskedPermissions;
  readonly expiresMs: number;
  readonly installationId: string;
}

export interface AccessOptions {
  /** Tokens of people, which may do everything. */
  readonly tokens: ReadonlySet<string>;
  /** The App whose tokens are taken; any well-formed JWT is an App's when there is none. */
  readonly app?: FakeApp | undefined;
}

/** Who may do what: tokens of people, and those that GitHub issues to an App. */
export class Access {
  readonly #options: AccessOptions;
  readonly #issued = new Map<string, Issued>();

  constructor(options: AccessOptions) {
    this.#options = options;
  }

  /** Issues an installation token, narrowed to what was asked for. */
  issue(installationId: string, jwt: string, asked: AskedPermissions | undefined): WireResponse {
    const { app } = this.#options;
    const unauthorized = jwtProblem(jwt, app);
    if (unauthorized !== undefined) return problem(401, unauthorized);
    if (app !== undefined && app.installationId !== installationId) return problem(404, 'Not Found');
    const permissions = asked ?? app?.permissions ?? {};
    if (app !== undefined && !isWithin(permissions, app.permissions))
      return problem(422, 'The permissions requested are not granted to this installation.');
    const expiresMs = Date.now() + tokenMs;
    const token = this.#newToken();
    this.#issued.set(token, { permissions, expiresMs, installationId });
    const expires_at = new Date(expiresMs).toISOString().replace('.000', '');
    return json(201, { token, expires_at, permissions, repository_selection: 'all' });
  }

  /** Without an App of its own, this GitHub gives the token of a person. */
  #newToken(): string {
    const { app, tokens } = this.#options;
    const [known] = tokens;
    return app === undefined && known !== undefined ? known : `installation-${crypto.randomUUID()}`;
  }

  /** Whose requests those with this token are: all tokens of an installation are the installation's. */
  holderOf(token: string): string {
    return this.#issued.get(token)?.installationId ?? token;
  }

  /** Why a token may not do what needs this permission; `undefined` when it may. Every token may read metadata. */
  refusal(token: string, needed: readonly [name: string, level: string]): WireResponse | undefined {
    if (this.#options.tokens.has(token)) return undefined;
    const issued = this.#issued.get(token);
    if (issued === undefined || issued.expiresMs <= Date.now()) return problem(401, 'Bad credentials');
    const [name, level] = needed;
    if (name === 'metadata') return undefined;
    return isWithin({ [name]: level }, issued.permissions)
      ? undefined
      : problem(403, 'Resource not accessible by integration');
  }
}
