using CliWrap;

namespace FestivalOps.Demo.SamplePlatform.Local;

/// <summary>The temporary folder of this process; it goes when the process ends, however it ends.</summary>
internal sealed class RunFolder
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly Lazy<RunFolder> Instance = new(() => new RunFolder());
    private int parts;

    private RunFolder()
    {
        if (!OperatingSystem.IsLinux()) throw LinuxOnly();
        Path = Directory.CreateTempSubdirectory("festivalops-").FullName;
        // Servers under other accounts may pass through to their own folder, and see nothing else.
        File.SetUnixFileMode(Path, Private | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        Guard = new ProcessGuard(Path);
    }

    /// <summary>The one of this process, made at first use.</summary>
    public static RunFolder Current => Instance.Value;

    /// <summary>Its absolute path.</summary>
    public string Path { get; }

    /// <summary>The guard that removes it.</summary>
    public ProcessGuard Guard { get; }

    /// <summary>Makes a new folder of mode 0700 for one part; hand it over with <see cref="GiveAsync"/> once it is filled.</summary>
    public string Create(string part)
    {
        if (!OperatingSystem.IsLinux()) throw LinuxOnly();
        var folder = System.IO.Path.Combine(Path, FormattableString.Invariant($"{part}-{Interlocked.Increment(ref parts)}"));
        Directory.CreateDirectory(folder, Private);
        return folder;
    }

    /// <summary>Gives the folder and all in it to the account that the server runs under; null leaves it with us.</summary>
    public static async Task GiveAsync(string folder, Account? account, CancellationToken cancellationToken)
    {
        if (account is null) return;
        await Cli.Wrap("/usr/bin/chown")
            .WithArguments(["-R", FormattableString.Invariant($"{account.UserId}:{account.GroupId}"), folder])
            .ExecuteAsync(cancellationToken);
    }

    private static PlatformNotSupportedException LinuxOnly() => new("The sample platform's servers need Linux.");
}
