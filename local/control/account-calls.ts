import type { Permissions } from '../github/github-account.ts';
import type { HttpResponse } from '../wire/http-exchange.ts';
import type { AccountChange } from './account-change.ts';
import type { Call } from './controlled-cloud.ts';
import { oneOf, optional, type ReadField, readBody, recordOfTexts, textValue } from './fields.ts';

/** A record of values that are all read alike. */
const recordOf =
  <T>(read: ReadField<T>): ReadField<Readonly<Record<string, T>>> =>
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new Error('must be an object');
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, read(item)]));
  };

const listOf: ReadField<readonly string[]> = (value) => {
  if (!Array.isArray(value)) throw new Error('must be a list of texts');
  return value.map(textValue);
};

const number: ReadField<number> = (value) => {
  if (typeof value !== 'number' || !(value >= 0)) throw new Error('must be a number, 0 or more');
  return value;
};

const anyText: ReadField<string> = (value) => {
  if (typeof value !== 'string') throw new Error('must be a text');
  return value;
};

const date: ReadField<Date> = (value) => {
  const read = new Date(textValue(value));
  if (Number.isNaN(read.getTime())) throw new Error('must be a time in ISO 8601');
  return read;
};

const flag: ReadField<boolean> = (value) => {
  if (typeof value !== 'boolean') throw new Error('must be true or false');
  return value;
};

const permissions: ReadField<Permissions> = recordOf(oneOf(['read', 'write', 'admin'] as const));

/** Whatever a maintainer looks at, by the field and where it goes. What is not given stays as it is. */
const readers = {
  service_roles: ['serviceRoles', listOf],
  quotas: ['quotas', recordOf(number)],
  zones: ['zones', listOf],
  offered_in: ['offeredIn', recordOf(listOf)],
  bootstrap_version: ['bootstrapVersion', number],
  parameters: ['parameters', recordOfTexts],
  stack_status: ['stackStatus', textValue],
  secret: ['secret', anyText],
  token_permissions: ['tokenPermissions', permissions],
  token_scopes: ['tokenScopes', listOf],
  token_expires_at: ['tokenExpiresAt', date],
  allows_public_repositories: ['isPublicAllowed', flag],
  group_repositories: ['groupRepositories', listOf],
  repositories: ['repositories', recordOf(oneOf(['public', 'private', 'absent'] as const))],
} as const;

const fields = Object.fromEntries(
  Object.entries(readers).map(([name, [, read]]) => [name, optional<unknown>(read)]),
);

const present = (values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(readers).flatMap(([name, [key]]) =>
      values[name] === undefined ? [] : [[key, values[name]]],
    ),
  );

/** The fields of the runner group stand beside the others, for there is one group. */
const changeOf = (values: Readonly<Record<string, unknown>>): AccountChange => {
  const { isPublicAllowed, groupRepositories, ...change } = present(values);
  const group = {
    ...(isPublicAllowed === undefined ? {} : { isPublicAllowed }),
    ...(groupRepositories === undefined ? {} : { visibility: 'selected', repositories: groupRepositories }),
  };
  return { ...change, runnerGroup: group } as AccountChange;
};

/** Changes what the account, the stack and the credential are like, for `npm run doctor` to find. */
export const postAccount: Call = (cloud, { body }): HttpResponse => {
  cloud.changeAccount(changeOf(readBody(body, fields)));
  return { status: 204, headers: {}, body: '' };
};
