import { expect, test } from '@jest/globals';
import { describeApi } from '../../functions/describe-api.ts';
import { classes } from './fakes/classes.ts';
import { served } from './fakes/http.ts';

const described = async (admissionMode: 'open' | 'verified', stage = '$default') => {
  const { call } = served(() => describeApi({ labelPrefix: 'my-label_', admissionMode, classes }));
  return call({ method: 'GET', path: '/openapi.json', stage });
};

test('the document is that of the deployment: its root, its labels, its admission', async () => {
  const { status, headers, body } = await described('verified', 'live');
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('application/json');
  expect(body).toMatchObject({
    openapi: expect.stringMatching(/^3\.1\./),
    servers: [{ url: expect.stringMatching(/^https?:\/\/api\.example\.org\/live$/) }],
    components: {
      schemas: {
        Label: { pattern: '^my-label_[A-Za-z0-9_-]+$', maxLength: 42 },
        CreateRequest: { required: ['operation', 'label', 'repository', 'run_id'] },
      },
    },
  });
});

test('whoever may ask for a runner without a run need not name one', async () => {
  const { body } = await described('open');
  expect(body).toMatchObject({
    components: { schemas: { CreateRequest: { required: ['operation', 'label'] } } },
  });
});
