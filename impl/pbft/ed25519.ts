/**
 * Signatures by Ed25519, as Node's own `crypto` makes them. (`blockforest/pbft/ed25519`)
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { Scheme } from './signatures.js'

/** A key pair, each part 32 bytes. The secret one is its node's alone. */
export interface KeyPair {
  readonly publicKey: Uint8Array
  readonly secretKey: Uint8Array
}

const bytesOf = (text: string | undefined): Uint8Array => Uint8Array.from(Buffer.from(text ?? '', 'base64url'))
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

/** A new key pair. */
export const generateKeyPair = (): KeyPair => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const { x, d } = privateKey.export({ format: 'jwk' })
  return { publicKey: bytesOf(x), secretKey: bytesOf(d) }
}

const publicKeyOf = (key: Uint8Array): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: textOf(key) }, format: 'jwk' })

const privateKeyOf = ({ publicKey, secretKey }: KeyPair): KeyObject =>
  createPrivateKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: textOf(publicKey), d: textOf(secretKey) },
    format: 'jwk'
  })

/**
 * The scheme of a node: its own keys, the public keys of all nodes by address, and the name of the service, which is signed
 * with everything, so that nothing that is said in one can be said again in another.
 * @throws Error for keys that are none of Ed25519.
 */
export const ed25519 = (own: KeyPair, publicKeys: ReadonlyArray<Uint8Array>, domain: string): Scheme => {
  const secret = privateKeyOf(own)
  const keys = publicKeys.map(publicKeyOf)
  const prefix = `${JSON.stringify(domain)} `
  const bytes = (text: string): Uint8Array => Buffer.from(prefix + text, 'utf8')
  return {
    sign: (text) => Uint8Array.from(sign(null, bytes(text), secret)),
    verify: (by, text, signature) => {
      const key = keys[by]
      return key !== undefined && verify(null, bytes(text), key, signature)
    }
  }
}
