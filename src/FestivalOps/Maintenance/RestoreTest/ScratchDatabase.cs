using System.Globalization;
using System.Text.RegularExpressions;
using FestivalOps.Festival;
using FestivalOps.Hosts;
using Npgsql;

namespace FestivalOps.Maintenance.RestoreTest;

/// <summary>
/// Scratch databases on the server for tests. Their names begin with what nothing else uses, and only such are ever dropped: by the run that
/// made them, or by the next one when that was killed.
/// </summary>
internal sealed partial class ScratchDatabase(RestoreTestOptions options)
{
    /// <summary>What their names begin with.</summary>
    public const string Prefix = "festivalops_restore_";

    private readonly NpgsqlConnectionStringBuilder _settings = new(options.Database) { Pooling = false, Timeout = 10, CommandTimeout = 120, ApplicationName = "festivalops" };

    /// <summary>Where it is, for people: nothing secret.</summary>
    public string Place => $"{_settings.Host}:{_settings.Port}";

    /// <summary>Name of the database that we log in to.</summary>
    public string Home => _settings.Database!;

    /// <summary>The name of a database that is made now.</summary>
    public static string NewName(DateTimeOffset now) => Prefix + now.UtcDateTime.ToString("yyyyMMdd't'HHmmss", CultureInfo.InvariantCulture);

    /// <summary>True for a name that we gave.</summary>
    public static bool IsOurs(string name) => Ours().IsMatch(name);

    /// <summary>The server's system identifier; 0 when the role may not ask.</summary>
    /// <exception cref="NpgsqlException">It can't be reached, or it refused.</exception>
    public async Task<long> ServerAsync(CancellationToken ct)
    {
        await using var connection = await _settings.OpenAsync(ct);
        return await DatabaseRows.ServerAsync(connection, ct);
    }

    /// <summary>Names of the scratch databases that are there.</summary>
    /// <exception cref="NpgsqlException">It can't be reached, or it refused.</exception>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken ct)
    {
        await using var connection = await _settings.OpenAsync(ct);
        await using var command = new NpgsqlCommand("SELECT datname FROM pg_database WHERE starts_with(datname, $1) ORDER BY datname", connection);
        command.Parameters.Add(new() { Value = Prefix });
        var names = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) names.Add(reader.GetString(0));
        return [.. names.Where(IsOurs)];
    }

    /// <summary>Makes one, empty.</summary>
    /// <exception cref="NpgsqlException">It can't be reached, or it refused.</exception>
    public Task CreateAsync(string name, CancellationToken ct) => ExecuteAsync("CREATE DATABASE", name, " TEMPLATE template0 ENCODING 'UTF8'", ct);

    /// <summary>Drops one, whoever is connected to it; what is gone already is no trouble.</summary>
    /// <exception cref="NpgsqlException">It can't be reached, or it refused.</exception>
    public Task DropAsync(string name, CancellationToken ct) => ExecuteAsync("DROP DATABASE IF EXISTS", name, " WITH (FORCE)", ct);

    /// <summary>Connection string of one.</summary>
    public string ConnectionString(string name) => new NpgsqlConnectionStringBuilder(_settings.ConnectionString) { Database = name }.ConnectionString;

    /// <summary>One as the platform's host reaches it.</summary>
    public RestoreTarget Target(string name) => new(
        options.HostSeenFromPlatform.Length > 0 ? options.HostSeenFromPlatform : _settings.Host!,
        _settings.Port, _settings.Username!, _settings.Password ?? "", name, Words(_settings.SslMode));

    private static string Words(SslMode mode) => mode switch
    {
        SslMode.Disable => "disable",
        SslMode.Allow => "allow",
        SslMode.Require => "require",
        SslMode.VerifyCA => "verify-ca",
        SslMode.VerifyFull => "verify-full",
        _ => "prefer",
    };

    private async Task ExecuteAsync(string verb, string name, string rest, CancellationToken ct)
    {
        if (!IsOurs(name)) throw new ArgumentException("This is no scratch database.", nameof(name));
        await using var connection = await _settings.OpenAsync(ct);
        using var quoting = new NpgsqlCommandBuilder();
#pragma warning disable CA2100 // our own words, and a name of our own form
        await using var command = new NpgsqlCommand($"{verb} {quoting.QuoteIdentifier(name)}{rest}", connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }

    [GeneratedRegex($"^{Prefix}[0-9]{{8}}t[0-9]{{6}}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ours();
}
