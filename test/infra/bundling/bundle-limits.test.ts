import { describe, expect, test } from '@jest/globals';
import { limitsOf } from '../../../infra/bundling/bundle-limits.ts';

const own = ['functions/sweep.ts', 'node_modules/@octokit/core/dist-src/index.js'];

describe('the limits of a bundle', () => {
  test('are 280 KB and 45 ms', () => {
    expect(limitsOf(own)).toEqual({ kilobytes: 280, loadMs: 45 });
  });

  test('are 400 KB where App authentication is in it', () => {
    const sources = [...own, 'node_modules/@octokit/auth-app/dist-node/index.js'];
    expect(limitsOf(sources)).toEqual({ kilobytes: 400, loadMs: 45 });
  });
});
