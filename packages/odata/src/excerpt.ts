const LENGTH = 200;
const PAGE = /^\s*(?:<!doctype|<html|<head|<body)/i;

export const isWebPage = (text: string): boolean => PAGE.test(text);

/** The first 200 characters that a person would see of a text or web page. */
export function excerpt(text: string): string {
  const visible = text
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return visible.length > LENGTH ? `${visible.slice(0, LENGTH)}…` : visible;
}
