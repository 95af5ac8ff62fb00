/** A JSON Schema of the dialect that OpenAPI 3.1 takes (https://json-schema.org/draft/2020-12). */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A string, and what it means. */
export const textSchema = (description: string, more: JsonSchema = {}): JsonSchema => ({
  type: 'string',
  description,
  ...more,
});

/** A moment in time, ISO 8601. */
export const moment = (description: string): JsonSchema => textSchema(description, { format: 'date-time' });

/** A reference to a schema of the document's components. */
export const schemaNamed = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
