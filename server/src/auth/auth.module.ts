import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { Environment } from '../config/environment.js';
import { AppKeys } from './app-keys.js';
import { AppUses } from './app-uses.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { BasicSignIns } from './basic-sign-ins.js';
import { ChannelsOfUser } from './channels-of-user.js';
import { JwtStrategy } from './jwt.strategy.js';
import { LastSeen } from './last-seen.js';
import { LoginThrottle } from './login-throttle.js';
import { ReaderCheck } from './reader-check.js';
import { SenderCheck } from './sender-check.js';
import { Tickets } from './tickets.js';
import { signingKey, TOKEN_ALGORITHM } from './token-signature.js';
import { TokenService } from './token.service.js';
import { VerifiedTokens } from './verified-tokens.js';
import { WriteAllowance } from './write-allowance.js';

@Module({
  imports: [
    PassportModule,
    JwtModule.registerAsync({
      inject: [Environment],
      useFactory: (environment: Environment) => ({
        secret: signingKey(environment),
        signOptions: { algorithm: TOKEN_ALGORITHM },
        verifyOptions: { algorithms: [TOKEN_ALGORITHM] },
      }),
    }),
  ],
  controllers: [AuthController],
  providers: [
    AuthService,
    TokenService,
    VerifiedTokens,
    LoginThrottle,
    JwtStrategy,
    ChannelsOfUser,
    LastSeen,
    WriteAllowance,
    AppKeys,
    AppUses,
    BasicSignIns,
    SenderCheck,
    ReaderCheck,
    Tickets,
  ],
  exports: [TokenService, SenderCheck, ReaderCheck, Tickets, ChannelsOfUser, LastSeen, WriteAllowance],
})
export class AuthModule {}
