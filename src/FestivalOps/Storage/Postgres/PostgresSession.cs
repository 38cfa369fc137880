using System.Globalization;
using Npgsql;

namespace FestivalOps.Storage.Postgres;

/// <summary>
/// Limits on each session, so that one whose other end has vanished can't keep the lock of the audit trail: the server ends it, and both
/// ends notice a dead line. What the operator's connection string says itself stays as it is.
/// </summary>
internal static class PostgresSession
{
    /// <summary>How long a transaction may stand idle before the server ends its session: 10 seconds.</summary>
    public static readonly TimeSpan IdleInTransaction = TimeSpan.FromSeconds(10);

    /// <summary>The operator's connection string with the limits.</summary>
    public static string ConnectionString(StorageOptions options)
    {
        var session = new NpgsqlConnectionStringBuilder(options.Postgres);
        // Twice what the client waits: it speaks first, the server only when the client is gone. The operator's own options come last and win.
        session.Options = string.Create(
            CultureInfo.InvariantCulture,
            $"-c idle_in_transaction_session_timeout={IdleInTransaction.TotalMilliseconds:F0} -c statement_timeout={options.CommandTimeoutSeconds * 2000} {session.Options}").TrimEnd();
        if (session is { TcpKeepAlive: false, TcpKeepAliveTime: 0, TcpKeepAliveInterval: 0 })
        {
            session.TcpKeepAlive = true;
            session.TcpKeepAliveTime = 10;
            session.TcpKeepAliveInterval = 5;
        }
        return session.ToString();
    }
}
