using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace FestivalOps.Storage.Sqlite;

/// <summary>Tells a file from another that has taken its name. .NET does not give the inode, so Linux is asked itself.</summary>
internal static class FileIdentity
{
    // <linux/stat.h>: the layout of struct statx is the same on every processor.
    private const int CurrentDirectory = -100, Inode = 0x100, BirthTime = 0x800;
    private const int InodeAt = 32, BirthAt = 80, BirthLength = 12, DeviceAt = 136, Length = 256;

    /// <summary>Device, inode and time of birth of <paramref name="file"/>; the same text for every file where they can't be had.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static string Of(string file)
    {
        if (!File.Exists(file)) throw new FileNotFoundException("The file of the store is gone.", file);
        if (!OperatingSystem.IsLinux()) return "";
        var answer = new byte[Length];
        try
        {
            if (statx(CurrentDirectory, Encoding.UTF8.GetBytes(file + '\0'), 0, Inode | BirthTime, answer) != 0) return "";
        }
        catch (EntryPointNotFoundException)
        {
            return ""; // an old C library; that the file is there is still watched
        }
        return $"{BinaryPrimitives.ReadUInt64LittleEndian(answer.AsSpan(DeviceAt)):x}-{BinaryPrimitives.ReadUInt64LittleEndian(answer.AsSpan(InodeAt)):x}-"
            + Convert.ToHexStringLower(answer, BirthAt, BirthLength);
    }

    /// <summary>
    /// The name that <paramref name="file"/> has behind all symbolic links: SQLite follows them, too. Links among the folders above stay, because
    /// what lies beside the file is the same by every name of its folder. The file need not be there yet.
    /// </summary>
    public static string RealPath(string file) =>
        new FileInfo(file).LinkTarget is null ? file : File.ResolveLinkTarget(file, returnFinalTarget: true)!.FullName;

    [DllImport("libc", ExactSpelling = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int directory, byte[] path, int flags, uint mask, byte[] answer);
}
