import { afterEach } from '@jest/globals';
import { type Script, ScriptedEndpoint } from './scripted-endpoint.ts';

/** For a test file: starts endpoints that answer by a script, and closes them after each test. */
export const endpoints = (): ((script: Script) => Promise<ScriptedEndpoint>) => {
  const open: ScriptedEndpoint[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((endpoint) => endpoint.close()));
  });
  return async (script) => {
    const endpoint = await ScriptedEndpoint.start(script);
    open.push(endpoint);
    return endpoint;
  };
};
