#!/usr/bin/env node
/**
 * The command `blockforest`.
 */
import { blockforest } from './command.js'

process.exitCode = await blockforest(process.argv.slice(2))
