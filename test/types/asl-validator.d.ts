/** The package has no types of its own. */
declare module 'asl-validator' {
  interface ValidationResult {
    readonly isValid: boolean;
    readonly errorsText: () => string;
  }
  const validate: (definition: unknown, options?: { readonly checkArn?: boolean }) => ValidationResult;
  export = validate;
}
