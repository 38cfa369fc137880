namespace FestivalOps.Blocking.Reading;

/// <summary>What a log holds.</summary>
internal enum LogKind
{
    /// <summary>nginx' access log: combined, the platform's main, or JSON.</summary>
    Nginx,

    /// <summary>nginx' error log.</summary>
    NginxError,

    /// <summary>auth.log.</summary>
    Auth,

    /// <summary>What journalctl gives with <c>--output=export</c> or <c>--output=json</c>.</summary>
    Journal,

    /// <summary>The application's log, plain or JSON.</summary>
    Rails,

    /// <summary>Syslog of sshd and nginx together.</summary>
    Syslog,
}

/// <summary>Makes the reader of a log.</summary>
internal static class LogReaders
{
    /// <summary>A new reader; each log needs its own.</summary>
    /// <param name="kind">What the log holds.</param>
    /// <param name="options">What counts as refused, and which proxies are trusted.</param>
    /// <param name="zone">The zone of the host that writes it; used by times that name none.</param>
    /// <param name="now">The newest moment that it can hold; used by times without a year.</param>
    public static LogReader Make(LogKind kind, BlockingOptions options, TimeZoneInfo zone, Func<DateTimeOffset> now)
    {
        var refusals = new Refusals(options.GetStatuses(), options.EffectiveScannerPaths);
        var clients = options.Clients();
        var auth = new AuthReader(new SyslogClock(zone, now));
        return kind switch
        {
            LogKind.Nginx => new NginxReader(refusals, clients),
            LogKind.NginxError => new NginxErrorReader(clients, zone),
            LogKind.Auth => auth,
            LogKind.Journal => new JournalReader(new RailsReader(refusals, clients)),
            LogKind.Rails => new RailsReader(refusals, clients),
            _ => new SyslogReader(auth, new NginxReader(refusals, clients), new NginxErrorReader(clients, zone)),
        };
    }
}
