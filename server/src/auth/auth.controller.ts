import { Body, Controller, Get, HttpCode, Ip, Post, Req, UseGuards } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ApiErrors } from '../docs/api-errors.js';
import { UserRepository } from '../repository/user-repository.js';
import { accountOf } from './account-of.js';
import { CurrentUserDto, LoginAnswerDto, TicketAnswerDto } from './auth-answers.js';
import { AuthService } from './auth.service.js';
import { CurrentUser } from './current-user.js';
import { JwtAuthGuard } from './jwt-auth.guard.js';
import { LoginDto } from './login.dto.js';
import { membershipOf } from './membership.js';
import type { Principal } from './principal.js';
import { Tickets } from './tickets.js';
import { type IssuedToken, TokenService } from './token.service.js';
import { WriteGuard } from './write.guard.js';

/** In bytes: enough for a username of 100 and a password of 200 characters, even if every character is escaped. */
const SIGN_IN_BODY_LIMIT = 4096;

@Controller('auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly users: UserRepository,
    private readonly tokens: TokenService,
    private readonly tickets: Tickets,
  ) {}

  @Post('login')
  @RouteConfig({ bodyLimit: SIGN_IN_BODY_LIMIT })
  @ApiTags('auth')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Sign in',
    description: 'Copy `access_token` into **Authorize** to try the other calls.',
    security: [],
  })
  @ApiOkResponse({ type: LoginAnswerDto })
  @ApiErrors(400, 401, 413, 429, 503)
  async signIn(@Body() { username, password }: LoginDto, @Ip() address: string): Promise<LoginAnswerDto> {
    return answer(await this.auth.login(username, password, address));
  }

  @Post('refresh')
  @ApiTags('auth')
  @HttpCode(200)
  @UseGuards(JwtAuthGuard, WriteGuard)
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'Renew a token',
    description:
      'Returns a fresh token. The old one stays valid until it expires. Both belong to one sign-in, so signing out revokes both. 30 days after the sign-in, the password is required again.',
  })
  @ApiOkResponse({ type: LoginAnswerDto })
  @ApiErrors(401, 429)
  async refreshToken(@CurrentUser() principal: Principal): Promise<LoginAnswerDto> {
    return answer(await this.tokens.renew(principal));
  }

  @Post('tickets')
  @ApiTags('auth')
  @UseGuards(JwtAuthGuard, WriteGuard)
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'Make a ticket for one connection',
    description:
      'A ticket takes the place of the token in the address of one event stream or WebSocket: `/api/notifications/stream?ticket=…`, `/ws?ticket=…`. Use it within 30 s, from the same origin; each connection needs another one.',
  })
  @ApiCreatedResponse({ type: TicketAnswerDto })
  @ApiErrors(401, 403, 429)
  createTicket(@CurrentUser() principal: Principal, @Req() { headers }: FastifyRequest): Promise<TicketAnswerDto> {
    return this.tickets.issue(principal, headers);
  }

  @Get('me')
  @ApiTags('auth')
  @UseGuards(JwtAuthGuard)
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Get your account, your channels, and when your token expires' })
  @ApiOkResponse({ type: CurrentUserDto })
  @ApiErrors(401)
  async getAccount(@CurrentUser() principal: Principal): Promise<CurrentUserDto> {
    const membership = membershipOf(await accountOf(principal, this.users));
    return { username: principal.username, expiresAt: new Date(principal.expiresAt).toISOString(), ...membership };
  }

  @Post('logout')
  @HttpCode(204)
  @ApiTags('sign-out')
  @UseGuards(JwtAuthGuard)
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'Sign out',
    description:
      'Revokes the token and all others of the same sign-in, and closes their connections with 4401. Your other sign-ins stay valid.',
  })
  @ApiNoContentResponse()
  @ApiErrors(401)
  signOut(@CurrentUser() principal: Principal): Promise<void> {
    return this.tokens.signOut(principal);
  }
}

function answer({ token, expiresInSeconds }: IssuedToken): LoginAnswerDto {
  return { access_token: token, token_type: 'bearer', expires_in: expiresInSeconds };
}
