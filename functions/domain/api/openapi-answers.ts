import { architectures } from '../architecture.ts';
import { lifeStatuses } from '../life/life-item.ts';
import { type JsonSchema, moment, schemaNamed, textSchema } from './json-schema.ts';

const name = textSchema('The runner’s name; a label that comes again counts up its last number');
const architecture: JsonSchema = { type: 'string', enum: architectures };
const status: JsonSchema = {
  type: 'string',
  enum: lifeStatuses,
  description: 'failed outlasts the clean-up; destroyed means that nothing is left',
};

const created: JsonSchema = {
  type: 'object',
  properties: {
    label: schemaNamed('Label'),
    runners: { type: 'array', items: schemaNamed('RequestedRunner') },
  },
  required: ['label', 'runners'],
};

const requested: JsonSchema = {
  type: 'object',
  properties: {
    name,
    architecture,
    status,
    status_url: textSchema('Where the runner’s status is read', { format: 'uri' }),
    deadline: moment('When it will be gone, whatever happens'),
  },
  required: ['name', 'architecture', 'status', 'status_url', 'deadline'],
};

const destroyed: JsonSchema = {
  type: 'object',
  properties: {
    runners: {
      type: 'array',
      description: 'Empty when there was nothing to end',
      items: {
        type: 'object',
        properties: { name, status: { const: 'destroying' } },
        required: ['name', 'status'],
      },
    },
  },
  required: ['runners'],
};

const shown: JsonSchema = {
  type: 'object',
  description: 'What is not known is absent. Others may be added.',
  properties: {
    name,
    architecture,
    status,
    class: textSchema('The class of its machine'),
    market: { type: 'string', enum: ['spot', 'on-demand'] },
    instance_type: textSchema('EC2’s instance type'),
    instance_id: textSchema('EC2’s id of the machine'),
    availability_zone: textSchema('Where the machine is'),
    requested_at: moment('When it was asked for'),
    ready_at: moment('When its runner was online'),
    deadline: moment('When it will be gone, whatever happens'),
    reason: textSchema('What it waits for, why it failed, or why it ends; for people'),
    since: moment('Since when it has its status'),
    usually_ready_seconds: {
      type: 'integer',
      minimum: 0,
      description: 'How long a request for this architecture lately took; while it is waited for',
    },
    estimated_cost_usd: {
      type: 'number',
      minimum: 0,
      description:
        'Estimate: the spot price when the machine was asked for, times the time since its launch, without volume, address and traffic. Absent for an on-demand machine',
    },
    what_to_do: textSchema('What whoever runs the workflow does about a failure; for people'),
  },
  required: ['name', 'architecture', 'class', 'status', 'requested_at'],
};

const label: JsonSchema = {
  type: 'object',
  properties: {
    label: schemaNamed('Label'),
    runners: {
      type: 'array',
      description: 'The newest runner of each architecture',
      minItems: 1,
      maxItems: architectures.length,
      items: schemaNamed('ShownRunner'),
    },
  },
  required: ['label', 'runners'],
};

const delivery: JsonSchema = {
  type: 'object',
  properties: {
    effect: { type: 'string', enum: ['none', 'looked', 'gave-back'] },
    because: textSchema('Why; for people'),
    lives: { type: 'array', items: { type: 'string' }, description: 'The runners that it was about' },
  },
  required: ['effect', 'because'],
};

/** The schemas of answers, by their names among the document's components. */
export const answerSchemas: Readonly<Record<string, JsonSchema>> = {
  CreateAnswer: created,
  RequestedRunner: requested,
  DestroyAnswer: destroyed,
  DeliveryAnswer: delivery,
  LabelAnswer: label,
  ShownRunner: shown,
};
