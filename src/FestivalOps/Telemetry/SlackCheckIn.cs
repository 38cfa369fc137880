namespace FestivalOps.Telemetry;

/// <summary>
/// Asks Slack at the start who we are, so that a wrong token is known in the first second and not at the first incident; and ends the bot
/// when Slack has refused it for good, because a bot that lives and hears nothing looks healthy to everything that watches it. Where no socket tells
/// whether Slack is there, it is asked again every <see cref="AskEvery"/>.
/// </summary>
internal sealed partial class SlackCheckIn(
    ISlackApiClient slack,
    ISlackConnectionState connection,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<SlackCheckIn> logger) : BackgroundService, IReadiness
{
    /// <summary>Exit code when Slack refused us for good: EX_CONFIG of sysexits.h, a service manager need not try again.</summary>
    public const int RefusedExitCode = 78;

    /// <summary>Pause before Slack is asked again when it could not be reached, and between looks at the connection: 5 seconds.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>Pause between two questions when Slack comes by HTTP: 1 minute.</summary>
    public static readonly TimeSpan AskEvery = TimeSpan.FromMinutes(1);

    private const string Away = "Slack can't be reached to confirm the bot token";

    // What no second attempt repairs; a person must change the token or the app.
    private static readonly HashSet<string> ForGood = new(
        ["invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type", "user_removed_from_team", "team_disabled"],
        StringComparer.Ordinal);

    /// <inheritdoc/>
    public string? Problem { get; private set; } = "Slack: the bot token has not been confirmed yet";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await ConfirmAsync(stoppingToken)) await Task.Delay(Every, time, stoppingToken);
        if (connection.Status == SlackConnectionStatus.NotUsed) await AskOnAsync(stoppingToken);
        using var timer = new PeriodicTimer(Every, time);
        while (connection.Status != SlackConnectionStatus.Stopped) await timer.WaitForNextTickAsync(stoppingToken);
        Log.ConnectionRefused(logger, connection.Reason ?? "-");
        Leave();
    }

    private async Task AskOnAsync(CancellationToken ct)
    {
        for (var reached = true; ;)
        {
            await Task.Delay(reached ? AskEvery : Every, time, ct);
            reached = await ConfirmAsync(ct);
        }
    }

    private async Task<bool> ConfirmAsync(CancellationToken ct)
    {
        try
        {
            var me = await slack.Auth.Test(ct);
            // Said once, and again when it had been away.
            if (Problem is not null) Log.Confirmed(logger, me.User ?? me.UserId, me.Team ?? me.TeamId);
            Problem = null;
            return true;
        }
        catch (SlackException refusal) when (ForGood.Contains(refusal.ErrorCode))
        {
            Problem = $"Slack refused Slack:BotToken ({refusal.ErrorCode})";
            Log.TokenRefused(logger, refusal.ErrorCode);
            Leave();
            return true;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            if (Problem != Away) Log.NotReached(logger, failure.Message, Every.TotalSeconds);
            Problem = Away;
            return false;
        }
    }

    private void Leave()
    {
        Environment.ExitCode = RefusedExitCode;
        lifetime.StopApplication();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Slack knows us as {Bot} in {Team}")]
        public static partial void Confirmed(ILogger logger, string bot, string team);

        [LoggerMessage(LogLevel.Critical, "Slack refused the bot token ({Reason}). Set Slack:BotToken to the \"Bot User OAuth Token\" (xoxb-…) of your installed app. The bot stops")]
        public static partial void TokenRefused(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Critical, "Slack refused Socket Mode for good ({Reason}). Check Slack:AppToken (xapp-…, scope connections:write) and that Socket Mode is on in the app's settings. The bot stops")]
        public static partial void ConnectionRefused(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Warning, "Slack can't be reached to confirm the bot token: {Reason} It is asked again every {Seconds} s")]
        public static partial void NotReached(ILogger logger, string reason, double seconds);
    }
}
