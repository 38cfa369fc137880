using FestivalOps.Demo.SamplePlatform.Servers;
using Xunit;

namespace FestivalOps.Tests.SamplePlatform;

/// <summary>One PostgreSQL for the tests of a class; they are skipped with the reason where it is not installed.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private PostgresServer? server;
    private string? database;

    internal PostgresServer Server
    {
        get
        {
            Assert.SkipUnless(PostgresServer.IsAvailable(out var reason), reason);
            return server!;
        }
    }

    internal string Database
    {
        get
        {
            Assert.SkipUnless(PostgresServer.IsAvailable(out var reason), reason);
            return database!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (!PostgresServer.IsAvailable(out _)) return;
        server = await PostgresServer.StartAsync(new PostgresOptions { Durable = false });
        database = await server.CreateDatabaseAsync("shared");
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
    }
}
