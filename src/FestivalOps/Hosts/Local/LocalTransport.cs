using System.Collections;
using System.ComponentModel;
using CliWrap;
using FestivalOps.Hosts.Running;

namespace FestivalOps.Hosts.Local;

/// <summary>Starts processes on the machine that the bot runs on.</summary>
internal sealed class LocalTransport : IHostTransport
{
    /// <inheritdoc/>
    public string Place => Environment.MachineName;

    /// <inheritdoc/>
    public async Task<int?> RunAsync(
        IReadOnlyList<string> words, Stream? input, OutputCatcher output, OutputCatcher error, CancellationToken abandon)
    {
        var command = Cli.Wrap(words[0]).WithArguments(words.Skip(1))
            .WithEnvironmentVariables(OurOwn())
            .WithValidation(CommandResultValidation.None)
            .WithStandardInputPipe(input is null ? PipeSource.Null : PipeSource.FromStream(input))
            .WithStandardOutputPipe(PipeTarget.Create((stream, ct) => ReadAsync(stream, output, ct)))
            .WithStandardErrorPipe(PipeTarget.Create((stream, ct) => ReadAsync(stream, error, ct)));
        try
        {
            var result = await command.ExecuteAsync(abandon);
            return result.ExitCode;
        }
        catch (Win32Exception failure)
        {
            throw new HostUnreachableException(HostTexts.Unreachable(HostsOptions.Local, Place, $"{words[0]}: {failure.Message}"), failure);
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        // Nothing is kept open.
    }

    // Tokens and passwords come to the bot in its environment: no command needs them.
    private static Dictionary<string, string?> OurOwn() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Select(v => (string)v.Key)
        .Where(name => name.StartsWith("FOPS_", StringComparison.OrdinalIgnoreCase) || name == "CREDENTIALS_DIRECTORY")
        .ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal);

    private static async Task ReadAsync(Stream stream, OutputCatcher catcher, CancellationToken ct)
    {
        var buffer = new byte[32 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, ct)) > 0) catcher.Feed(buffer.AsSpan(0, read));
        catcher.End();
    }
}
