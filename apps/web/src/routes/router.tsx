import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { configQuery, meQuery } from '../api/session.ts'
import { LandingPage } from './LandingPage.tsx'
import { NotFoundPage } from './NotFoundPage.tsx'
import { PageFailed } from './PageFailed.tsx'
import { RootLayout } from './RootLayout.tsx'
import {
  readAssetSearch,
  readInvestSearch,
  readLinkSearch,
  readNextSearch,
  readOrdersSearch,
  readTransferSearch,
} from './search.ts'

interface RouterContext {
  queryClient: QueryClient
}

const rootRoute = createRootRouteWithContext<RouterContext>()({
  loader: ({ context }) => context.queryClient.ensureQueryData(configQuery),
  component: RootLayout,
  notFoundComponent: NotFoundPage,
  errorComponent: PageFailed,
})

const landing = createRoute({ getParentRoute: () => rootRoute, path: '/', component: LandingPage })
const signUp = createRoute({
  getParentRoute: () => rootRoute,
  path: '/signup',
  component: lazyRouteComponent(() => import('./SignUpPage.tsx'), 'SignUpPage'),
})
const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: '/signin',
  validateSearch: readNextSearch,
  component: lazyRouteComponent(() => import('./SignInPage.tsx'), 'SignInPage'),
})

/** Everything behind the sign-in. */
const customer = createRoute({
  getParentRoute: () => rootRoute,
  id: 'customer',
  async beforeLoad({ context, location }) {
    const me = await context.queryClient.ensureQueryData(meQuery)
    if (me === null) throw redirect({ to: '/signin', search: { next: location.href } })
  },
  component: lazyRouteComponent(() => import('./CustomerShell.tsx'), 'CustomerShell'),
})

const home = createRoute({
  getParentRoute: () => customer,
  path: '/home',
  component: lazyRouteComponent(() => import('./HomePage.tsx'), 'HomePage'),
})
const applyStart = createRoute({
  getParentRoute: () => customer,
  path: '/apply',
  beforeLoad() {
    throw redirect({ to: '/apply/$step', params: { step: 'name' } })
  },
})
const applyStatus = createRoute({
  getParentRoute: () => customer,
  path: '/apply/status',
  component: lazyRouteComponent(() => import('./ApplicationStatusPage.tsx'), 'ApplicationStatusPage'),
})
const applyStep = createRoute({
  getParentRoute: () => customer,
  path: '/apply/$step',
  component: lazyRouteComponent(() => import('./ApplyPage.tsx'), 'ApplyPage'),
})
const banks = createRoute({
  getParentRoute: () => customer,
  path: '/banks',
  component: lazyRouteComponent(() => import('./BanksPage.tsx'), 'BanksPage'),
})
const linkBank = createRoute({
  getParentRoute: () => customer,
  path: '/banks/link',
  validateSearch: readLinkSearch,
  component: lazyRouteComponent(() => import('./LinkBankPage.tsx'), 'LinkBankPage'),
})
const moveMoney = createRoute({
  getParentRoute: () => customer,
  path: '/transfer',
  validateSearch: readTransferSearch,
  component: lazyRouteComponent(() => import('./MoveMoneyPage.tsx'), 'MoveMoneyPage'),
})
const transfers = createRoute({
  getParentRoute: () => customer,
  path: '/transfers',
  component: lazyRouteComponent(() => import('./TransfersPage.tsx'), 'TransfersPage'),
})
const transfer = createRoute({
  getParentRoute: () => customer,
  path: '/transfers/$transferId',
  validateSearch: readNextSearch,
  component: lazyRouteComponent(() => import('./TransferPage.tsx'), 'TransferPage'),
})
const invest = createRoute({
  getParentRoute: () => customer,
  path: '/invest',
  validateSearch: readInvestSearch,
  component: lazyRouteComponent(() => import('./InvestPage.tsx'), 'InvestPage'),
})
const asset = createRoute({
  getParentRoute: () => customer,
  path: '/invest/$symbol',
  validateSearch: readAssetSearch,
  component: lazyRouteComponent(() => import('./AssetPage.tsx'), 'AssetPage'),
})
const orders = createRoute({
  getParentRoute: () => customer,
  path: '/orders',
  validateSearch: readOrdersSearch,
  component: lazyRouteComponent(() => import('./OrdersPage.tsx'), 'OrdersPage'),
})

const routeTree = rootRoute.addChildren([
  landing,
  signUp,
  signIn,
  customer.addChildren([
    home,
    applyStart,
    applyStatus,
    applyStep,
    banks,
    linkBank,
    moveMoney,
    transfers,
    transfer,
    invest,
    asset,
    orders,
  ]),
])

export function createPaddockRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultErrorComponent: PageFailed,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPaddockRouter>
  }
}
