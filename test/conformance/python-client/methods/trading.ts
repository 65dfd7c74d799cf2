import { z } from 'zod'
import {
  AllAccountsPositions,
  Asset,
  Calendar,
  CancelOrderResponse,
  Clock,
  ClosePositionResponse,
  CorporateActionAnnouncement,
  Order,
  PortfolioHistory,
  Position,
  Watchlist,
} from '../models/trading.ts'
import type { QueryValue } from '../python-text.ts'
import type { PythonTransport } from '../transport.ts'

type Query = Record<string, QueryValue>

const at = (id: string) => `/trading/accounts/${id}`

/** Orders, positions, watchlists and what is the same for everybody. */
export const tradingMethods = {
  get_all_positions_for_account: (http: PythonTransport, id: string) =>
    http.get(`${at(id)}/positions`, z.array(Position)),

  get_all_accounts_positions: (http: PythonTransport) =>
    http.get('/accounts/positions', AllAccountsPositions),

  /** The symbol is not escaped: a pair has a slash in the path. */
  get_open_position_for_account: (http: PythonTransport, id: string, symbol: string) =>
    http.get(`${at(id)}/positions/${symbol}`, Position),

  close_all_positions_for_account: (http: PythonTransport, id: string, cancelOrders?: boolean) =>
    http.delete(`${at(id)}/positions`, z.array(ClosePositionResponse), {
      cancel_orders: cancelOrders ? true : undefined,
    }),

  close_position_for_account: (http: PythonTransport, id: string, symbol: string, options: Query = {}) =>
    http.delete(`${at(id)}/positions/${symbol}`, Order, options),

  get_portfolio_history_for_account: (http: PythonTransport, id: string, filter: Query = {}) =>
    http.get(`${at(id)}/account/portfolio/history`, PortfolioHistory, filter),

  get_clock: (http: PythonTransport) => http.get('/clock', Clock),

  get_calendar: (http: PythonTransport, filter: Query = {}) =>
    http.get('/calendar', z.array(Calendar), filter),

  get_watchlists_for_account: (http: PythonTransport, id: string) =>
    http.get(`${at(id)}/watchlists`, z.array(Watchlist)),

  get_watchlist_for_account_by_id: (http: PythonTransport, id: string, watchlist: string) =>
    http.get(`${at(id)}/watchlists/${watchlist}`, Watchlist),

  create_watchlist_for_account: (http: PythonTransport, id: string, data: object) =>
    http.post(`${at(id)}/watchlists`, Watchlist, data),

  update_watchlist_for_account_by_id: (http: PythonTransport, id: string, watchlist: string, data: object) =>
    http.put(`${at(id)}/watchlists/${watchlist}`, Watchlist, data),

  add_asset_to_watchlist_for_account_by_id: (
    http: PythonTransport,
    id: string,
    watchlist: string,
    symbol: string,
  ) => http.post(`${at(id)}/watchlists/${watchlist}`, Watchlist, { symbol }),

  delete_watchlist_from_account_by_id: (http: PythonTransport, id: string, watchlist: string) =>
    http.nothing('DELETE', `${at(id)}/watchlists/${watchlist}`),

  remove_asset_from_watchlist_for_account_by_id: (
    http: PythonTransport,
    id: string,
    watchlist: string,
    symbol: string,
  ) => http.delete(`${at(id)}/watchlists/${watchlist}/${symbol}`, Watchlist),

  get_all_assets: (http: PythonTransport, filter: Query = {}) => http.get('/assets', z.array(Asset), filter),

  get_asset: (http: PythonTransport, symbol: string) => http.get(`/assets/${symbol}`, Asset),

  submit_order_for_account: (http: PythonTransport, id: string, data: object) =>
    http.post(`${at(id)}/orders`, Order, data),

  /** Symbols go as one list with commas. */
  get_orders_for_account: (http: PythonTransport, id: string, filter: Query = {}) =>
    http.get(`${at(id)}/orders`, z.array(Order), filter),

  get_order_for_account_by_id: (http: PythonTransport, id: string, order: string, filter: Query = {}) =>
    http.get(`${at(id)}/orders/${order}`, Order, filter),

  get_order_for_account_by_client_id: (http: PythonTransport, id: string, client_order_id: string) =>
    http.get(`${at(id)}/orders:by_client_order_id`, Order, { client_order_id }),

  replace_order_for_account_by_id: (http: PythonTransport, id: string, order: string, data: object = {}) =>
    http.patch(`${at(id)}/orders/${order}`, Order, data),

  cancel_orders_for_account: (http: PythonTransport, id: string) =>
    http.delete(`${at(id)}/orders`, z.array(CancelOrderResponse)),

  cancel_order_for_account_by_id: (http: PythonTransport, id: string, order: string) =>
    http.nothing('DELETE', `${at(id)}/orders/${order}`),

  get_corporate_announcements: (http: PythonTransport, filter: Query) =>
    http.get('/corporate_actions/announcements', z.array(CorporateActionAnnouncement), filter),

  get_corporate_announcement_by_id: (http: PythonTransport, id: string) =>
    http.get(`/corporate_actions/announcements/${id}`, CorporateActionAnnouncement),

  /** The contract comes first here, unlike in every other method. */
  exercise_options_position_for_account_by_id: (
    http: PythonTransport,
    contract: string,
    id: string,
    commission?: number,
  ) =>
    http.nothing('POST', `${at(id)}/positions/${contract}/exercise`, {
      body: commission === undefined ? {} : { commission },
    }),
}
