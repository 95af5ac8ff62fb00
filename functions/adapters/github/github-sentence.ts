import { cleanSentence } from '../../domain/foreign-text.ts';

/** Longer than any sentence of GitHub's own. */
const maximumLength = 400;

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** One of the errors beside the message: a text, or a field with what is wrong with it. */
const detailOf = (error: unknown): string | undefined => {
  if (isText(error)) return error;
  const message = fieldOf(error, 'message');
  if (isText(message)) return message;
  const parts = ['resource', 'field', 'code'].map((name) => fieldOf(error, name)).filter(isText);
  return parts.length === 0 ? undefined : parts.join(' ');
};

/** GitHub's page about the very endpoint or policy; its front page says nothing. */
const pageOf = (body: unknown): string | undefined => {
  const url = fieldOf(body, 'documentation_url');
  return isText(url) && /^https:\/\/docs\.github\.com\/.+\/.+/.test(url) ? url : undefined;
};

const withEnd = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/**
 * What GitHub says itself in the body of an error, in one line; `undefined` when it says nothing. Its words are foreign
 * text (https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed).
 */
export const githubSentence = (body: unknown): string | undefined => {
  const message = fieldOf(body, 'message');
  const errors = fieldOf(body, 'errors');
  const details = (Array.isArray(errors) ? errors : [errors]).map(detailOf).filter(isText);
  const said = [...new Set([message, ...details].filter(isText))].map(withEnd).join(' ');
  const sentence = cleanSentence(said, maximumLength);
  if (sentence === '') return undefined;
  const page = pageOf(body);
  return page === undefined ? sentence : `${sentence} (${cleanSentence(page, maximumLength)})`;
};
