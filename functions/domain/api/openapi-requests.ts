import { architectures } from '../architecture.ts';
import { labelCharacters, maximumLabelLength } from '../label.ts';
import { defaultClass, type MachineClasses } from '../machine-class.ts';
import { maximumLabels } from '../request/request-fields.ts';
import { repositoryForm } from '../workflow-run.ts';
import { type JsonSchema, schemaNamed, textSchema } from './json-schema.ts';

/** What a deployment decides of its API. */
export interface ApiSettings {
  readonly labelPrefix: string;
  readonly admissionMode: 'open' | 'verified';
  readonly classes: MachineClasses;
}

/** A label that every deployment of this prefix takes, of a run and an attempt. */
export const exampleLabel = ({ labelPrefix }: ApiSettings): string => `${labelPrefix}1001_1`;

const labelMeans = ({ labelPrefix, admissionMode }: ApiSettings): string =>
  admissionMode === 'verified'
    ? `${labelPrefix}<run_id>_<attempt>, with an optional _<suffix>. Jobs ask for the runner by it.`
    : 'Any that nobody else uses: jobs ask for the runner by it.';

export const labelSchema = (settings: ApiSettings): JsonSchema =>
  textSchema(labelMeans(settings), {
    pattern: `^${settings.labelPrefix}${labelCharacters}+$`,
    maxLength: maximumLabelLength,
    examples: [exampleLabel(settings)],
  });

const architecture: JsonSchema = { type: 'string', enum: architectures };

/** What is wanted must be said once, as one or as a list. */
const oneOrMany = (one: string, many: string): JsonSchema => ({
  oneOf: [{ required: [one] }, { required: [many] }],
});

const runFields = ({ admissionMode }: Pick<ApiSettings, 'admissionMode'>): JsonSchema =>
  admissionMode === 'verified'
    ? { required: ['operation', 'label', 'repository', 'run_id'] }
    : {
        required: ['operation', 'label'],
        dependentRequired: { repository: ['run_id'], run_id: ['repository'] },
      };

const create = ({ classes, admissionMode }: ApiSettings): JsonSchema => ({
  type: 'object',
  title: 'Create',
  description: 'A runner for each architecture; one that is on its way or ready answers as it is.',
  properties: {
    operation: { const: 'create' },
    label: schemaNamed('Label'),
    architecture,
    architectures: {
      type: 'array',
      items: architecture,
      minItems: 1,
      maxItems: architectures.length,
      uniqueItems: true,
    },
    class: {
      type: 'string',
      enum: admissionMode === 'open' ? [defaultClass] : Object.keys(classes),
      description: 'The class of the machines; a job asks for it by the label class_<class>',
      default: defaultClass,
    },
    repository: textSchema('github.repository of the run that asks', { pattern: repositoryForm.source }),
    run_id: {
      type: 'integer',
      description: 'github.run_id, as a number',
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
    },
  },
  ...runFields({ admissionMode }),
  ...oneOrMany('architecture', 'architectures'),
  additionalProperties: false,
});

const destroy: JsonSchema = {
  type: 'object',
  title: 'Destroy',
  description: 'The end of the labels’ newest runners. A job that runs is never ended by it.',
  properties: {
    operation: { const: 'destroy' },
    label: schemaNamed('Label'),
    labels: { type: 'array', items: schemaNamed('Label'), minItems: 1, maxItems: maximumLabels },
  },
  required: ['operation'],
  ...oneOrMany('label', 'labels'),
  additionalProperties: false,
};

/** The schemas of request bodies, by their names among the document's components. */
export const requestSchemas = (settings: ApiSettings): Readonly<Record<string, JsonSchema>> => ({
  Label: labelSchema(settings),
  CreateRequest: create(settings),
  DestroyRequest: destroy,
});

/** Requests that the document shows; a test sends them. */
export const requestExamples = (settings: ApiSettings): Readonly<Record<string, JsonSchema>> => {
  const label = exampleLabel(settings);
  const run = { repository: 'rr-debugger/rr', run_id: 1_001 };
  return {
    create: { value: { operation: 'create', label, architectures, ...run } },
    createOne: { value: { operation: 'create', label, architecture: 'x86_64', ...run } },
    destroy: { value: { operation: 'destroy', label } },
  };
};
