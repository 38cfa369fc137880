using FestivalOps.Hosts.Files;
using FestivalOps.Language;
using FestivalOps.Scheduling;

namespace FestivalOps.Maintenance.Backups;

/// <summary>What the check of backups says.</summary>
internal static class BackupTexts
{
    public static readonly LocalizedText Summary = new("バックアップの確認(有無・新しさ・サイズ・末尾まで読めるか)と新しいダンプ", "backups: present, young, of the usual size, readable to the end; a fresh dump");

    public static readonly LocalizedText Looking = new("バックアップを確認しています", "Looking at the backups");

    public static readonly LocalizedText Dumping = new("新しいダンプを作成しています", "Making a fresh dump");

    public static readonly LocalizedText ListingS3 = new("S3 を確認しています", "Looking into S3");

    public static readonly LocalizedText DumpIsOff = new(
        "新しいダンプ: 設定 Maintenance:Backups:MakeDump で無効です", "fresh dump: switched off by Maintenance:Backups:MakeDump");

    public static LocalizedText Reading(string file) => new($"{Name(file)} を末尾まで読んでいます", $"Reading {Name(file)} to its end");

    public static LocalizedText Headline(TaskEnd end, int files) => end switch
    {
        TaskEnd.Ok => new($"バックアップは正常です(確認 {files} 件)", $"Backups are well ({Files(files)} looked at)"),
        TaskEnd.Warning => new($"バックアップに確認が必要な点があります(確認 {files} 件)", $"Something about the backups needs a look ({Files(files)} looked at)"),
        TaskEnd.NotAvailable => new("バックアップを確認できませんでした", "The backups could not be looked at"),
        _ => new("バックアップに問題があります", "There is trouble with the backups"),
    };

    public static readonly LocalizedText NotSetUp = new(
        "バックアップ: 利用できません: プラットフォームの設定 (Platform:*、Hosts:Platform、Maintenance:Backups:Folder) がありません",
        "backups: not available: no platform is set up (Platform:*, Hosts:Platform, Maintenance:Backups:Folder)");

    public static LocalizedText NoFolder(LocalizedText why) => new($"バックアップのフォルダーを読めません。{why.Ja}", $"the folder of backups can't be read: {why.En}");

    public static LocalizedText None(string folder, string host) => new($"{host} の {Name(folder)} にバックアップがありません", $"{Name(folder)} on {host} holds no backup");

    public static LocalizedText Newest(HostEntry file, TimeSpan age, int count)
    {
        var span = SpokenTime.Span(age);
        return new($"最新は {Name(file.Name)}({span.Ja}前、{Size(file.Length)})。全 {count} 件", $"newest: {Name(file.Name)} ({span.En} old, {Size(file.Length)}); {count} in all");
    }

    public static LocalizedText TooOld(HostEntry file, TimeSpan age, int limitHours)
    {
        var span = SpokenTime.Span(age);
        return new(
            $"最新の {Name(file.Name)} は {span.Ja}前のものです(上限 {limitHours} 時間)。バックアップが動いていない可能性があります",
            $"the newest, {Name(file.Name)}, is {span.En} old (limit {limitHours} h): backups may have stopped");
    }

    public static LocalizedText NotKnown(int count) => new($"種類がわからず確認しなかったファイル: {count} 件", $"not looked at, because the name says no known kind: {Files(count)}");

    public static LocalizedText FolderCut(int most) => new($"フォルダーが大きすぎるため先頭 {most} 件だけを確認しました", $"the folder is too large: only the first {most} entries were looked at");

    public static LocalizedText SizeUsual(HostEntry file, long median, int others) => new(
        $"サイズは普段どおりです({Size(file.Length)}、直近 {others} 件の中央値 {Size(median)})", $"size as usual ({Size(file.Length)}; median of the {others} before it: {Size(median)})");

    public static LocalizedText SizeOdd(HostEntry file, long median, int others, double percent) => new(
        $"{Name(file.Name)} のサイズ {Size(file.Length)} は、直近 {others} 件の中央値 {Size(median)} と {percent:0} % 違います",
        $"{Name(file.Name)} has {Size(file.Length)}, which differs by {percent:0} % from the median of the {others} before it ({Size(median)})");

    public static LocalizedText SizeNotCompared(int others) => new(
        $"サイズの比較: 比較できる過去のバックアップが {others} 件しかありません", $"size not compared: only {others} earlier of its kind");

    public static LocalizedText EmptyOnes(IReadOnlyCollection<string> names) => new(
        $"空のバックアップが {names.Count} 件あります: {Some(names)}", $"{Files(names.Count)} empty: {Some(names)}");

    public static LocalizedText Empty(HostEntry file) => new($"{Name(file.Name)} は空です", $"{Name(file.Name)} is empty");

    public static LocalizedText EmptyInside(HostEntry file) => new($"{Name(file.Name)} は展開すると空です", $"{Name(file.Name)} is empty once unpacked");

    public static LocalizedText Zeros(HostEntry file) => new($"{Name(file.Name)} の先頭はゼロバイトだけです", $"{Name(file.Name)} begins with nothing but zero bytes");

    public static LocalizedText StillWritten(HostEntry file) => new(
        $"{Name(file.Name)} は書き込み中のようです。終わってからもう一度確認してください", $"{Name(file.Name)} seems to be written just now; check it again when that has ended");

    public static LocalizedText NotReadable(HostEntry file, LocalizedText why) => new(
        $"{Name(file.Name)} を確認できませんでした。{why.Ja}", $"{Name(file.Name)} could not be looked at: {why.En}");

    public static LocalizedText Damaged(HostEntry file, LocalizedText why) => new(
        $"{Name(file.Name)} は末尾まで読めません。途中で切れているか壊れています({why.Ja})", $"{Name(file.Name)} can't be read to its end: it is cut off or damaged ({why.En})");

    public static LocalizedText NoEndMark(HostEntry file) => new(
        $"{Name(file.Name)} の末尾に pg_dump の完了行がありません。ダンプが途中で終わっています",
        $"{Name(file.Name)} does not end with pg_dump's last line: the dump was not finished");

    public static LocalizedText TrailingGarbage(HostEntry file) => new(
        $"{Name(file.Name)} は読めますが、末尾に余分なデータが付いています", $"{Name(file.Name)} is readable, but something foreign stands behind its end");

    public static LocalizedText WholeSql(HostEntry file, long length) => new(
        $"{Name(file.Name)} は末尾まで読め、pg_dump の完了行があります(展開後 {Size(length)})", $"{Name(file.Name)} is readable to its end and pg_dump finished it ({Size(length)} unpacked)");

    public static LocalizedText WholeArchive(HostEntry file, long length) => new(
        $"{Name(file.Name)} は末尾まで読めます(展開後 {Size(length)})", $"{Name(file.Name)} is readable to its end ({Size(length)} unpacked)");

    public static LocalizedText CustomInGzip(HostEntry file, long length) => new(
        $"{Name(file.Name)} は末尾まで読めます(中身は PostgreSQL 独自形式、展開後 {Size(length)}。目次は確認していません)",
        $"{Name(file.Name)} is readable to its end (PostgreSQL's own format inside, {Size(length)} unpacked; its table of contents was not looked at)");

    public static LocalizedText WholeCustom(HostEntry file, int tables) => new(
        $"{Name(file.Name)} は末尾まで読めます(テーブル {tables} 個分のデータ)", $"{Name(file.Name)} is readable to its end (data of {tables} tables)");

    public static LocalizedText Encrypted(HostEntry file, BackupContent content) => new(
        $"{Name(file.Name)} は {Tool(content)} で暗号化されており、中身は確認できません。有無・新しさ・サイズ・先頭の形式だけを確認しました",
        $"{Name(file.Name)} is encrypted ({Tool(content)}): its content can't be looked at; presence, age, size and its beginning were");

    public static LocalizedText ArmorCut(HostEntry file) => new(
        $"{Name(file.Name)} は暗号化されていますが、終わりの行がありません。途中で切れています", $"{Name(file.Name)} is encrypted and lacks its closing line: it is cut off");

    public static LocalizedText NotWhatItClaims(HostEntry file, BackupClaim claim, BackupContent content)
    {
        var (wanted, found) = (Name(claim), Name(content));
        return new($"{Name(file.Name)} は名前では {wanted.Ja} ですが、中身は {found.Ja} です", $"{Name(file.Name)} should be {wanted.En} by its name, but is {found.En}");
    }

    /// <summary>"12.3 MiB".</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1024 => FormattableString.Invariant($"{bytes} B"),
        < 1024 * 1024 => FormattableString.Invariant($"{bytes / 1024.0:0.#} KiB"),
        < 1024L * 1024 * 1024 => FormattableString.Invariant($"{bytes / 1024.0 / 1024:0.#} MiB"),
        _ => FormattableString.Invariant($"{bytes / 1024.0 / 1024 / 1024:0.##} GiB"),
    };

    private static LocalizedText Name(BackupClaim claim) => claim switch
    {
        BackupClaim.Gzip or BackupClaim.Archive => LocalizedText.Same("gzip"),
        BackupClaim.Custom => new("PostgreSQL 独自形式のダンプ", "a dump in PostgreSQL's own format"),
        BackupClaim.Sql => new("SQL のテキスト", "SQL text"),
        BackupClaim.Encrypted => new("暗号化ファイル", "encrypted"),
        _ => new("バックアップ", "a backup"),
    };

    private static LocalizedText Name(BackupContent content) => content switch
    {
        BackupContent.Gzip => LocalizedText.Same("gzip"),
        BackupContent.Custom => new("PostgreSQL 独自形式のダンプ", "a dump in PostgreSQL's own format"),
        BackupContent.Text => new("テキスト", "text"),
        BackupContent.OtherPacked => new("別の圧縮形式", "packed in another way"),
        _ => new("不明なデータ", "something unknown"),
    };

    private static string Tool(BackupContent content) => content switch
    {
        BackupContent.Gpg => "GPG",
        BackupContent.Age => "age",
        _ => "openssl",
    };

    private static string Name(string name) => ForeignText.OneLine(name, 120);

    private static string Some(IReadOnlyCollection<string> names) => string.Join(", ", names.Take(5).Select(Name)) + (names.Count > 5 ? ", …" : "");

    private static string Files(int count) => count == 1 ? "1 file" : $"{count} files";
}
