using FestivalOps.Language;

namespace FestivalOps.Hosts.Ssh;

/// <summary>The file with our private key.</summary>
internal static class SshKey
{
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    private const UnixFileMode Group = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;

    /// <summary>What is wrong with the file; null when nothing is.</summary>
    public static LocalizedText? Complaint(string path)
    {
        if (path.Length == 0) return new("KeyFile に秘密鍵のファイルを指定してください。", "KeyFile must name the file with our private key.");
        if (!File.Exists(path)) return new($"KeyFile の {path} がありません。", $"KeyFile names the file {path}, which does not exist.");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (IsCredential(path) ? Others : Others | Group)) != UnixFileMode.None)
            return new($"KeyFile の {path} を他の人も読めます。chmod 600 {path} を実行してください。", $"KeyFile {path} can be read by others: chmod 600 {path}");
        return null;
    }

    // systemd gives a service its credentials by an access list, which shows as a right of the group.
    private static bool IsCredential(string path) =>
        Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { Length: > 0 } folder && Path.GetFullPath(path).StartsWith(folder + "/", StringComparison.Ordinal);
}
