using System.IO.Compression;
using System.Text;
using FestivalOps.Blocking.Scanning;
using FestivalOps.Settings;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Blocking;

/// <summary><c>FestivalOps scan nginx FILE</c> from the command line.</summary>
public sealed class ScanVerbTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_block_is_a_line_and_the_summary_stands_apart(bool packed)
    {
        var lines = Enumerable.Range(0, 20).SelectMany(i => new[] { Scan.Nginx("203.0.113.9", Scan.Noon.AddSeconds(i)), Scan.Nginx("192.0.2.1", Scan.Noon.AddSeconds(i), 200), Scan.Nginx("2001:db8::1", Scan.Noon.AddSeconds(i)) });
        Write(string.Join('\n', lines) + "\nnonsense", packed);
        var (code, output, error) = Run("nginx", _file);
        code.ShouldBe(0);
        output.ShouldBe("203.0.113.9 58 1795924819\n2001:db8::/64 60 1795924819\n");
        error.ShouldStartWith("61 lines, 40 counted, 1 not read; 2 blocks, 2 warnings; ");
    }

    [Fact]
    public void Settings_change_the_rules()
    {
        Write(string.Join('\n', Enumerable.Range(0, 3).Select(i => Scan.Iso(Scan.Noon.AddSeconds(i), Scan.Failed("203.0.113.9")))), packed: false);
        Run("auth", _file).Output.ShouldBe("");
        Run("auth", _file, "--Blocking:BruteForce:Count=3").Output.ShouldBe("203.0.113.9 3 1795924802\n");
        Should.Throw<SettingsException>(() => Run("auth", _file, "--Blocking:BruteForce:Cound=3")).Message.ShouldStartWith("Blocking:BruteForce:Cound is not a setting. Did you mean Blocking:BruteForce:Count?");
        Should.Throw<SettingsException>(() => Run("auth", _file, "--Blocking:BruteForce:Count=1")).Message.ShouldBe("Blocking: BruteForce: Count must be between 2 and 1000, but is 1.");
        Should.Throw<SettingsException>(() => Run("auth", _file, "--Blocking:BruteForce:Count=many")).Message.ShouldBe("Blocking:BruteForce:Count must be a whole number.");
    }

    [Fact]
    public void What_can_not_be_read_is_said_and_is_no_empty_result()
    {
        Run("nginx", "/nowhere/access.log").Code.ShouldBe(66);
        Run("nginx", Path.GetTempPath()).Code.ShouldBe(66);
        Run("apache", _file).Code.ShouldBe(64);
        Run("nginx").Code.ShouldBe(64);
        Write(string.Concat(Enumerable.Repeat(Scan.Nginx("203.0.113.9", Scan.Noon) + "\n", 1000)), packed: true);
        var bytes = File.ReadAllBytes(_file);
        bytes[bytes.Length / 2] ^= 0xff;
        File.WriteAllBytes(_file, bytes);
        var (code, _, error) = Run("nginx", _file);
        code.ShouldBe(65);
        error.ShouldStartWith($"{_file} is damaged: ");
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        return (ScanVerb.Run(arguments, output, error), output.ToString(), error.ToString());
    }

    private void Write(string text, bool packed)
    {
        using Stream file = File.Create(_file);
        using var stream = packed ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(Encoding.UTF8.GetBytes(text));
    }
}
