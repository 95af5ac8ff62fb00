/** The definition asks for something that this engine would silently do otherwise than AWS. */
export class DefinitionUnsupported extends Error {
  override readonly name = 'DefinitionUnsupported';
}

/** The library never finds that something is absent, takes a time-out for a failed task, a `ResultPath` of `$` for a field of that name, and an empty `Result` for none. */
const unsupported: readonly (readonly [RegExp, string])[] = [
  [/"QueryLanguage"\s*:\s*"JSONata"|"\{%/, 'JSONata'],
  [/"HeartbeatSeconds(Path)?"/, 'HeartbeatSeconds'],
  [/"TimeoutSecondsPath"/, 'TimeoutSecondsPath'],
  [/\$\$\.State\b/, '$$.State'],
  [/\$\$\.Task\b/, '$$.Task'],
  [/"ResultPath"\s*:\s*"\$"/, 'a ResultPath of the whole'],
  [/"Is[A-Z]\w+"\s*:\s*false/, 'a test such as IsPresent for false'],
  [/"Result"\s*:\s*(0\b|false|null|"")/, 'an empty Result'],
  [/"States\.TaskFailed"/, 'States.TaskFailed'],
  [/"Resource"\s*:\s*"arn:[^:"]*:states:/, 'the ARN of a service integration'],
  [/"Type"\s*:\s*"(Parallel|Map)"/, 'a Parallel or a Map state'],
  [/\$\{\w+\}/, 'a placeholder that nothing was put in place of'],
];

/** Throws DefinitionUnsupported with all that the definition uses and this engine does not have. */
export const refuseUnsupported = (definition: string): void => {
  const found = unsupported.filter(([pattern]) => pattern.test(definition)).map(([, what]) => what);
  if (found.length > 0) throw new DefinitionUnsupported(`The definition uses ${found.join(', ')}.`);
};
