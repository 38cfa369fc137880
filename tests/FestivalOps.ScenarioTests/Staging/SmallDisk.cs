using System.Diagnostics;

namespace FestivalOps.ScenarioTests.Staging;

/// <summary>A disk of two megabytes, in memory, that can be filled to its last byte. Only the administrator of a machine may make one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    /// <summary>Where it is mounted.</summary>
    public string Folder { get; }

    /// <summary>Makes one, or skips the test with the reason.</summary>
    public static SmallDisk OrSkip()
    {
        var folder = Directory.CreateTempSubdirectory("fops-disk-").FullName;
        var refusal = Run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder);
        if (refusal is null) return new(folder);
        Directory.Delete(folder);
        Assert.Skip($"no disk can be mounted here: {refusal}");
        throw new InvalidOperationException(refusal);
    }

    /// <summary>Takes every byte that is left.</summary>
    public void Fill()
    {
        using var rest = new FileStream(Path.Combine(Folder, "rest"), new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 });
        try
        {
            while (true) rest.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // full
        }
    }

    /// <summary>Gives them back.</summary>
    public void Free() => File.Delete(Path.Combine(Folder, "rest"));

    /// <inheritdoc/>
    public void Dispose()
    {
        // Lazily: pooled connections may still hold the store open.
        Run("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    // What it complains of, or null.
    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
            var complaint = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"{program}: {complaint.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return missing.Message;
        }
    }
}
