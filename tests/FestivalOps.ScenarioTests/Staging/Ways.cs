namespace FestivalOps.ScenarioTests.Staging;

/// <summary>How the workspace and the bot reach each other.</summary>
public enum Transport
{
    Http,
    Socket,
}

/// <summary>Where the bot keeps what it remembers.</summary>
public enum Store
{
    Sqlite,
    Postgres,
}

/// <summary>The ways in which a bot is run; the main flows are played on all four.</summary>
public static class Ways
{
    public static TheoryData<Transport, Store> All => new()
    {
        { Transport.Http, Store.Sqlite },
        { Transport.Http, Store.Postgres },
        { Transport.Socket, Store.Sqlite },
        { Transport.Socket, Store.Postgres },
    };
}
