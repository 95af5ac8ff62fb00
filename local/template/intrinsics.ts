import type { TemplateValue } from '../../infra/cloud-assembly.ts';

/** What an intrinsic function can ask of the template around it. */
export interface TemplateScope {
  /** The value of `Ref` to a resource, a parameter or a pseudo parameter; throws when there is none. */
  ref(name: string): TemplateValue;
  /** An attribute of a resource; throws when there is none. */
  attribute(logicalId: string, name: string): TemplateValue;
  /** Whether a condition of the template holds; throws when there is no such condition. */
  condition(name: string): boolean;
  /** A value of the template's mappings; throws when there is none. */
  mapping(name: string, first: string, second: string): TemplateValue;
  readonly zones: readonly string[];
}

/** The template says something that cannot be resolved here. */
export class TemplateUnresolvable extends Error {
  override readonly name = 'TemplateUnresolvable';
}

type Intrinsic = (argument: TemplateValue, scope: TemplateScope) => TemplateValue | undefined;

const fail = (what: string, argument: unknown): never => {
  throw new TemplateUnresolvable(`${what}: ${JSON.stringify(argument)}`);
};

const isObject = (value: TemplateValue): value is { readonly [key: string]: TemplateValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isList = (value: TemplateValue): value is readonly TemplateValue[] => Array.isArray(value);

const text = (value: TemplateValue): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : fail('Not a text', value);

const list = (value: TemplateValue): readonly TemplateValue[] =>
  isList(value) ? value : fail('Not a list', value);

const resolved = (value: TemplateValue, scope: TemplateScope): TemplateValue =>
  resolveValue(value, scope) ?? fail('AWS::NoValue where a value is needed', value);

const resolvedText = (value: TemplateValue | undefined, scope: TemplateScope): string =>
  text(resolved(value ?? null, scope));

const resolvedList = (value: TemplateValue | undefined, scope: TemplateScope): readonly TemplateValue[] =>
  list(resolved(value ?? null, scope));

const join: Intrinsic = (argument, scope) => {
  const [separator, parts] = list(argument);
  return resolvedList(parts, scope).map(text).join(resolvedText(separator, scope));
};

const attribute = (argument: TemplateValue, scope: TemplateScope): TemplateValue => {
  const [logicalId, ...path] =
    typeof argument === 'string'
      ? argument.split('.')
      : list(argument).map((part) => resolvedText(part, scope));
  return scope.attribute(logicalId ?? '', path.join('.'));
};

const substitution = (name: string, scope: TemplateScope): string =>
  text(name.includes('.') ? attribute(name, scope) : scope.ref(name));

/** `${!Name}` stays as `${Name}` (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-sub.html). */
const sub: Intrinsic = (argument, scope) => {
  const [template, own = {}] = isList(argument) ? argument : [argument];
  const values = isObject(own) ? own : fail('Not the values of Fn::Sub', own);
  return text(template ?? null).replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    const value = values[name];
    return value === undefined ? substitution(name, scope) : resolvedText(value, scope);
  });
};

const select: Intrinsic = (argument, scope) => {
  const [index, items] = list(argument);
  const chosen = resolvedList(items, scope)[Number(resolvedText(index, scope))];
  return chosen ?? fail('Fn::Select finds nothing', argument);
};

const split: Intrinsic = (argument, scope) => {
  const [separator, value] = list(argument);
  return resolvedText(value, scope).split(resolvedText(separator, scope));
};

const choose: Intrinsic = (argument, scope) => {
  const [name, yes, no] = list(argument);
  return resolveValue((scope.condition(text(name ?? null)) ? yes : no) ?? null, scope);
};

const findInMap: Intrinsic = (argument, scope) => {
  const [name = '', first = '', second = ''] = list(argument).map((part) => resolvedText(part, scope));
  return scope.mapping(name, first, second);
};

const isTrue = (value: TemplateValue, scope: TemplateScope): boolean => {
  const condition = isObject(value) ? value['Condition'] : undefined;
  return condition === undefined ? text(resolved(value, scope)) === 'true' : scope.condition(text(condition));
};

const equals: Intrinsic = (argument, scope) => {
  const [left, right] = list(argument).map((part) => resolvedText(part, scope));
  return left === right;
};

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope) => scope.ref(text(argument)),
  'Fn::GetAtt': attribute,
  'Fn::Join': join,
  'Fn::Sub': sub,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::If': choose,
  'Fn::FindInMap': findInMap,
  'Fn::GetAZs': (_, { zones }) => zones,
  'Fn::Equals': equals,
  'Fn::And': (argument, scope) => list(argument).every((part) => isTrue(part, scope)),
  'Fn::Or': (argument, scope) => list(argument).some((part) => isTrue(part, scope)),
  'Fn::Not': (argument, scope) => !list(argument).every((part) => isTrue(part, scope)),
};

const isNoValue = (value: TemplateValue): boolean => isObject(value) && value['Ref'] === 'AWS::NoValue';

const resolveObject = (
  value: { readonly [key: string]: TemplateValue },
  scope: TemplateScope,
): TemplateValue | undefined => {
  const [[key, argument] = ['', null], ...others] = Object.entries(value);
  const intrinsic = others.length === 0 ? intrinsics[key] : undefined;
  if (intrinsic !== undefined) return intrinsic(argument, scope);
  if (key.startsWith('Fn::')) return fail('Unknown intrinsic function', value);
  const entries = Object.entries(value).map(([name, item]) => [name, resolveValue(item, scope)] as const);
  return Object.fromEntries(entries.flatMap(([name, item]) => (item === undefined ? [] : [[name, item]])));
};

/**
 * The value with every intrinsic function in it resolved; `undefined` for `AWS::NoValue`, which leaves its
 * property out. Throws {@link TemplateUnresolvable}.
 */
export const resolveValue = (value: TemplateValue, scope: TemplateScope): TemplateValue | undefined => {
  if (isNoValue(value)) return undefined;
  if (isList(value)) {
    const items = value.map((item) => resolveValue(item, scope));
    return items.filter((item) => item !== undefined);
  }
  return isObject(value) ? resolveObject(value, scope) : value;
};
