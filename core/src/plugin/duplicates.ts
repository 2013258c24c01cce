import { fileURLToPath } from 'node:url';
import type { IsthmusError } from '../errors/index.js';
import { pluginErrors } from './errors.js';
import { packageOf, resolveFrom } from './package-info.js';

/** Packages that keep state in the module: two copies validate nothing and say nothing. */
const SINGLE = ['@isthmus/core', 'tsyringe', 'class-validator', 'class-transformer', 'reflect-metadata'] as const;

const HERE = fileURLToPath(import.meta.url);

/** Copies that a plugin would load beside core's own. */
export function findDuplicates(plugin: string, entryFile: string): IsthmusError[] {
  return SINGLE.flatMap((name) => {
    const theirs = folderOf(name, entryFile);
    const ours = folderOf(name, HERE);
    return theirs && ours && theirs !== ours
      ? [pluginErrors.PACKAGE_DUPLICATE({ package: name, ours, theirs }, { place: { plugin } })]
      : [];
  });
}

function folderOf(name: string, from: string): string | undefined {
  const entry = name === '@isthmus/core' && from === HERE ? HERE : resolveFrom(name, from);
  return entry === undefined ? undefined : packageOf(entry)?.folder;
}
