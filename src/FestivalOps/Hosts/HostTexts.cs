using System.Globalization;
using FestivalOps.Language;

namespace FestivalOps.Hosts;

/// <summary>What is said of hosts.</summary>
internal static class HostTexts
{
    private const int LongestWords = 300;

    public static readonly LocalizedText Cancelled = new("中止しました。", "Stopped on request.");

    public static readonly LocalizedText CancelledStillRuns = new(
        "中止しましたが、ホスト上の処理を終了できませんでした。まだ動いている可能性があります。",
        "Stopped on request, but the command could not be ended on the host; it may still be running.");

    public static LocalizedText NotAvailable(string host, string what) => new(
        $"利用できません: {host} に {Line(what)} がありません。", $"not available: {host} has no {Line(what)}.");

    public static LocalizedText SaysAbsent(string host, string words) => new(
        $"利用できません: {host} の応答は「{Line(words)}」です。", $"not available: {host} says \"{Line(words)}\".");

    public static LocalizedText SudoRefuses(string host, string command, string words) => new(
        $"利用できません: {host} の sudo が {Line(command)} を許可しません (deploy/sudoers/festivalops)。応答: {Line(words)}",
        $"not available: sudo on {host} does not allow {Line(command)} (deploy/sudoers/festivalops). It says: {Line(words)}");

    public static LocalizedText TimedOut(string host, TimeSpan after) => new(
        $"{host}: {Seconds(after)} 秒以内に終わらなかったため、終了させました。", $"{host}: it did not end within {Seconds(after)} s and was ended.");

    public static LocalizedText TimedOutStillRuns(string host, TimeSpan after) => new(
        $"{host}: {Seconds(after)} 秒以内に終わらず、終了もできませんでした。まだ動いている可能性があります。",
        $"{host}: it did not end within {Seconds(after)} s and could not be ended; it may still be running.");

    public static LocalizedText Busy(string host, string command, string process) => new(
        $"{host}: 同じコマンドがまだ動いているため、開始しませんでした (プロセス {ForeignText.OneLine(process, 12)}: {ForeignText.OneLine(command, 120)})。終わってから、もう一度実行してください。",
        $"{host}: the same command still runs there, so it was not begun (process {ForeignText.OneLine(process, 12)}: {ForeignText.OneLine(command, 120)}). Run it again when that has ended.");

    public static LocalizedText Unreachable(string host, string place, string reason) => new(
        $"{host} ({place}) に接続できません: {Line(reason)}", $"{host} ({place}) can't be reached: {Line(reason)}");

    public static LocalizedText LostMidway(string host, LocalizedText why, bool wasEnded) => new(
        $"{why.Ja} {(wasEnded ? $"{host} で動いていたコマンドは終了させました。" : $"コマンドは {host} でまだ動いている可能性があります。")}",
        $"{why.En} {(wasEnded ? $"The command that ran on {host} was ended." : $"The command may still be running on {host}.")}");

    public static LocalizedText NoAnswer(string host, string place, TimeSpan after) => new(
        $"{host} ({place}) は {Seconds(after)} 秒間応答がありません。", $"{host} ({place}) did not answer for {Seconds(after)} s.");

    public static LocalizedText LoginRefused(string host, string place, string keyFile) => new(
        $"{host} ({place}) は鍵 {keyFile} でのログインを拒否しました。公開鍵が authorized_keys にあるか確認してください。",
        $"{host} ({place}) refuses the key {keyFile}. Is its public half in authorized_keys there?");

    public static LocalizedText UnknownHostKey(string host, string place, string got, string add) => new(
        $"{host} ({place}) のホスト鍵は未登録のため接続しません。受け取った指紋は {got} です。ホスト側で指紋を確かめてから、次で登録してください: {add}",
        $"{host} ({place}) shows a host key that we don't know: {got}. Not connected. Compare the fingerprint on the host itself, then add it with: {add}");

    public static LocalizedText HostKeyChanged(string host, string place, string expected, string got, string file) => new(
        $"{host} ({place}) のホスト鍵が変わりました。登録済みは {expected}、受け取ったのは {got} です。なりすましの可能性があるため接続しません。正当な変更なら {file} を直してください。",
        $"{host} ({place}) shows another host key: expected {expected}, got {got}. Someone may be in between, so we don't connect. If the change is right, correct {file}.");

    public static LocalizedText HostKeyRevoked(string host, string place, string got, string file) => new(
        $"{host} ({place}) のホスト鍵 {got} は {file} で失効とされています。接続しません。",
        $"{host} ({place}) shows the host key {got}, which {file} marks as revoked. Not connected.");

    public static LocalizedText Wrong(string host, LocalizedText complaint) => new($"{host}: {complaint.Ja}", $"{host}: {complaint.En}");

    public static LocalizedText KnownHostsUnreadable(string host, string file) => new(
        $"{host}: KnownHosts の {file} を読めません。", $"{host}: KnownHosts {file} can't be read.");

    public static LocalizedText KeyUnreadable(string host, string file, string reason) => new(
        $"{host}: KeyFile の {file} を秘密鍵として読めません ({Line(reason)})。パスフレーズのない鍵が必要です。",
        $"{host}: KeyFile {file} can't be read as a private key ({Line(reason)}). It must have no passphrase.");

    public static LocalizedText NotAFile(string host, string path) => new(
        $"利用できません: {host} の {Line(path)} は通常のファイルではありません。", $"not available: {Line(path)} on {host} is not a regular file.");

    public static LocalizedText NotAllowed(string host, string path) => new(
        $"利用できません: {host} の {Line(path)} へのアクセスが許可されていません。", $"not available: we may not access {Line(path)} on {host}.");

    private static string Line(string words) => ForeignText.OneLine(words, LongestWords);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
}
