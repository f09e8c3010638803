// Whether a JDK 25 or newer is installed where Linux distributions put them.
def homes = [new File('/usr/lib/jvm'), new File('/Library/Java/JavaVirtualMachines')]
        .collectMany { it.listFiles()?.toList() ?: [] }
return homes.any { home ->
    def release = [new File(home, 'release'), new File(home, 'Contents/Home/release')].find { it.isFile() }
    def version = release == null ? null : (release.text =~ /JAVA_VERSION="(\d+)/)
    version != null && version.find() && version.group(1).toInteger() >= 25
}
