using System.Security.Cryptography;
using CliWrap;
using FestivalOps.Demo.SamplePlatform.Local;

namespace FestivalOps.Demo.SamplePlatform.Servers;

/// <summary>
/// The empty cluster that every <see cref="PostgresServer"/> of this process starts from: initdb runs once, the rest is
/// copying. It has one user, who owns everything and whose password is new in every process.
/// </summary>
internal static class PostgresTemplate
{
    /// <summary>The only user.</summary>
    public const string User = "festival_planner";

    private static readonly Lock Gate = new();
    private static Task<string>? made;

    /// <summary>The password of <see cref="User"/>.</summary>
    public static string Password { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The account that the files belong to; null is ours.</summary>
    public static Account? Account { get; } = Account.ForServer("postgres");

    /// <summary>Makes <paramref name="data"/>, a new folder within <paramref name="folder"/>, a cluster.</summary>
    /// <param name="programs">The folder of initdb and postgres.</param>
    /// <param name="folder">The folder of the server, empty.</param>
    /// <param name="data">The folder of the cluster.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    public static async Task CopyAsync(string programs, string folder, string data, CancellationToken cancellationToken)
    {
        Task<string> template;
        lock (Gate) template = made ??= MakeAsync(programs);
        await RunFolder.GiveAsync(folder, Account, cancellationToken);
        await Cli.Wrap("/bin/cp").WithArguments(["--archive", await template, data]).ExecuteAsync(cancellationToken);
    }

    private static async Task<string> MakeAsync(string programs)
    {
        var folder = RunFolder.Current.Create("postgres-template");
        var data = Path.Combine(folder, "data");
        var passwordFile = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(passwordFile, Password);
        await RunFolder.GiveAsync(folder, Account, CancellationToken.None);
        string[] words =
        [
            .. Account?.Prefix ?? [],
            Path.Combine(programs, "initdb"), "--pgdata", data, "--username", User, "--pwfile", passwordFile,
            "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync",
        ];
        await Cli.Wrap(words[0]).WithArguments(words[1..]).WithWorkingDirectory(folder).ExecuteAsync();
        File.Delete(passwordFile);
        return data;
    }
}
