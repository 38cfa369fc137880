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

    /// <summary>
    /// How many connections one instance opens at most, unless the connection string says <c>Maximum Pool Size</c>: 30. Npgsql's own
    /// default of 100 is all that a PostgreSQL has by default, and the platform may live on the same one.
    /// </summary>
    public const int Connections = 30;

    /// <summary>How long opening a connection may take, unless the connection string says <c>Timeout</c>: 5 seconds. A person waits for it.</summary>
    public static readonly TimeSpan Connecting = TimeSpan.FromSeconds(5);

    /// <summary>The operator's connection string with the limits.</summary>
    public static string ConnectionString(StorageOptions options)
    {
        var session = new NpgsqlConnectionStringBuilder(options.Postgres);
        // Twice what the client waits: it speaks first, the server only when the client is gone. The operator's own options come last and win.
        session.Options = string.Create(
            CultureInfo.InvariantCulture,
            $"-c idle_in_transaction_session_timeout={IdleInTransaction.TotalMilliseconds:F0} -c statement_timeout={options.CommandTimeoutSeconds * 2000} {session.Options}").TrimEnd();
        if (!session.ShouldSerialize("Maximum Pool Size")) session.MaxPoolSize = Connections;
        if (!session.ShouldSerialize("Timeout")) session.Timeout = (int)Connecting.TotalSeconds;
        if (session is { TcpKeepAlive: false, TcpKeepAliveTime: 0, TcpKeepAliveInterval: 0 })
        {
            session.TcpKeepAlive = true;
            session.TcpKeepAliveTime = 10;
            session.TcpKeepAliveInterval = 5;
        }
        return session.ToString();
    }
}
