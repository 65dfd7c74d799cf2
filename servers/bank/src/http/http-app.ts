import type { FastifyInstance } from 'fastify'

/** The server, or a part of it with hooks of its own. Shapes are typed by `operation`, not by the framework. */
export type HttpApp = FastifyInstance
