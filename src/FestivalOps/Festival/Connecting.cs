using Npgsql;

namespace FestivalOps.Festival;

/// <summary>Opens connections to PostgreSQL.</summary>
internal static class Connecting
{
    /// <summary>An open connection with these settings; who asks for it disposes it. One that can't be opened leaves nothing behind.</summary>
    /// <exception cref="NpgsqlException">It can't be reached, or it refused.</exception>
    public static async Task<NpgsqlConnection> OpenAsync(this NpgsqlConnectionStringBuilder settings, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
